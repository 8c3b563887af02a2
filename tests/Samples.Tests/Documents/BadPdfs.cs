using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>PDFs written by hand, of pages that are each bad in one way, or good.</summary>
internal static class BadPdfs
{
    /// <summary>An A4 page with a line of text.</summary>
    public static Page Good(string text = "THIS PAGE IS GOOD") => new("/MediaBox [0 0 595 842]", Show(text));

    /// <summary>A page of this size, or with what else stands in its dictionary.</summary>
    public static Page Of(string entries, string text = "THIS PAGE IS GOOD", int x = 60, int y = 100) => new(entries, Show(text, x, y));

    /// <summary>A page whose object is not in the file.</summary>
    public static Page Missing { get; } = new(null, "");

    /// <summary>A page whose content is cut off inside its compressed stream.</summary>
    public static Page BrokenContent { get; } = new("/MediaBox [0 0 595 842]", Show("THIS LINE IS LOST"), Broken: true);

    /// <summary>A page that writes with a font that is not there.</summary>
    public static Page WithoutFont { get; } = new("/MediaBox [0 0 595 842]", "BT /F9 24 Tf 60 700 Td (LOST) Tj ET");

    public static byte[] Pdf(params Page[] pages)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var objects = new Dictionary<int, string>
        {
            [1] = "<< /Type /Catalog /Pages 2 0 R >>",
            [2] = $"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, index) => $"{10 + (2 * index)} 0 R"))}] >>",
            [3] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        for (var index = 0; index < pages.Length; index++)
        {
            if (pages[index].Entries is { } entries)
            {
                objects[10 + (2 * index)] = $"<< /Type /Page /Parent 2 0 R {entries} /Contents {11 + (2 * index)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>";
                objects[11 + (2 * index)] = pages[index].Stream();
            }
        }

        var offsets = new Dictionary<int, int>();
        foreach (var (number, body) in objects)
        {
            offsets[number] = file.Length;
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }

        var (table, size) = (file.Length, 10 + (2 * pages.Length));
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {size}\n0000000000 65535 f \n");
        for (var number = 1; number < size; number++)
        {
            file.Append(offsets.TryGetValue(number, out var offset) ? $"{offset:D10} 00000 n \n" : "0000000000 65535 f \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Show(string text, int x = 60, int y = 700) => $"BT /F1 24 Tf {x} {y} Td ({text}) Tj ET";

    internal sealed record Page(string? Entries, string Content, bool Broken = false)
    {
        public string Stream()
        {
            if (!Broken)
            {
                return $"<< /Length {Content.Length} >>\nstream\n{Content}\nendstream";
            }

            using var packed = new MemoryStream();
            using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                zip.Write(Encoding.Latin1.GetBytes(Content));
            }

            var bytes = packed.ToArray();
            bytes.AsSpan(2, Math.Min(20, bytes.Length - 2)).Fill(0xFF);
            return $"<< /Length {bytes.Length} /Filter /FlateDecode >>\nstream\n{Encoding.Latin1.GetString(bytes)}\nendstream";
        }
    }
}
