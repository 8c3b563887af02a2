using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>How a page's boxes lie to its words.</summary>
/// <param name="Kind">What the page shows.</param>
/// <param name="Boxes">What was found.</param>
/// <param name="Read">What tesseract alone read on it, without guesses and marks.</param>
/// <param name="Written">What was written on it.</param>
internal sealed record PageCoverage(string Kind, IReadOnlyList<TextBox> Boxes, IReadOnlyList<OcrWord> Read, IReadOnlyList<SKRect> Written)
{
    public IEnumerable<OcrWord> ReadInNoBox => Read.Where(word => !IsInBox(word.X + (word.Width / 2f), word.Y + (word.Height / 2f)));

    public IEnumerable<SKRect> WrittenInNoBox => Written.Where(word => !IsInBox(word.MidX, word.MidY));

    /// <summary>The boxes' area in those of the words, each with half its height around it.</summary>
    public double Spread => Boxes.Sum(box => (double)box.Area) / Written.Sum(word => (word.Width + word.Height) * word.Height * 2);

    public override string ToString() =>
        $"{Kind}: {ReadInNoBox.Count()} of {Read.Count} read words, {WrittenInNoBox.Count()} of {Written.Count} written ones are in no box "
        + $"({string.Join(' ', ReadInNoBox.Take(5).Select(word => word.Text))}); {Boxes.Count} boxes of {Spread:0.0} times the words' area";

    private bool IsInBox(float x, float y) => Boxes.Any(box => x >= box.X && x < box.Right && y >= box.Y && y < box.Bottom);
}
