using SkiaSharp;

namespace BlueEdge.Samples.ScannedPdf;

internal static class ScanWriter
{
    /// <summary>Writes a PDF with one JPEG a page and no text layer.</summary>
    public static void Write(Stream stream, IEnumerable<byte[]> scans)
    {
        // A fixed date: two runs give the same file.
        var day = new DateTime(2024, 6, 4, 0, 0, 0, DateTimeKind.Utc);
        var metadata = new SKDocumentPdfMetadata
        {
            Title = "The Lighthouse at Corran Head",
            Creation = day,
            Modified = day,
            RasterDpi = Paper.DotsPerInch,
            EncodingQuality = 101,
        };
        using var document = SKDocument.CreatePdf(stream, metadata);
        foreach (var scan in scans)
        {
            using var image = SKImage.FromEncodedData(scan);
            using var canvas = document.BeginPage(Paper.WidthInPoints, Paper.HeightInPoints);
            canvas.DrawImage(image, SKRect.Create(Paper.WidthInPoints, Paper.HeightInPoints), SKSamplingOptions.Default);
            document.EndPage();
        }

        document.Close();
    }
}
