using System.Text;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>PDFs for tests: good ones, and ones that are bad in one way each.</summary>
internal static class Pdfs
{
    private const string Catalogue = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n";

    public static byte[] Scanned => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "scanned.pdf"));

    public static string[] ScannedSentences => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", "scanned.sentences.txt"));

    public static byte[] WithoutPages =>
        Encoding.ASCII.GetBytes($"%PDF-1.4\n{Catalogue}2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");

    /// <summary>Its password is nothing that a reader could guess: the proofs of it are made up.</summary>
    public static byte[] Encrypted => Encoding.ASCII.GetBytes(
        $"%PDF-1.4\n{Catalogue}2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>\nendobj\n"
        + $"4 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O <{new string('A', 64)}> /U <{new string('B', 64)}> >>\nendobj\n"
        + "trailer\n<< /Root 1 0 R /Encrypt 4 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] >>\n%%EOF\n");

    /// <summary>A page for each size in points, with its number on it.</summary>
    public static byte[] OfSizes(params (float Width, float Height)[] pages)
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream))
        {
            using var ink = new SKPaint { Color = SKColors.Black };
            foreach (var (width, height) in pages)
            {
                using var canvas = document.BeginPage(width, height);
                canvas.DrawRect(10, 10, width / 2, height / 2, ink);
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }
}
