using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Samples.Documents.Pictures;

namespace BlueEdge.Samples.Tests.Documents;

internal static class TextDetectorExtensions
{
    /// <summary>The blocks on the first picture of a file.</summary>
    public static async Task<DetectedText> DetectAsync(this TextDetector detector, ReadOnlyMemory<byte> file, CancellationToken cancellationToken, DocumentsOptions? options = null)
    {
        using var source = PictureFile.Open(file, options ?? new());
        using var picture = source.Decode(0);
        return await detector.DetectAsync(picture, OcrLanguage.Default, cancellationToken);
    }
}
