using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>What was read on a picture.</summary>
/// <param name="Text">A line of text a line, an empty line between paragraphs.</param>
/// <param name="Confidence">The mean of the words' confidences, 0 to 100; 0 where there are no words.</param>
/// <param name="Rows">The words in reading order, each with the line, paragraph and block that it belongs to.</param>
/// <param name="Rotation">How far the picture was turned clockwise before it was read, in degrees: 0, 90, 180 or 270.</param>
internal sealed record OcrText(string Text, double Confidence, ImmutableArray<TsvRow> Rows, int Rotation = 0)
{
    // Of shorter ones some are taller than wide.
    private const int LongWord = 3;

    public ImmutableArray<OcrWord> Words { get; } = [.. Rows.Select(row => row.Word)];

    /// <summary>How much was read, and how surely: of two readings of a picture the one with more is right.</summary>
    public double Weight => Words.Sum(word => word.Text.Length * word.Confidence);

    /// <summary>Whether its lines run downwards, which tesseract reads by itself, with words that lie not quite where it says.</summary>
    public bool RunsDownwards =>
        Words.Where(word => word.Text.Length >= LongWord).ToArray() is { Length: > 0 } words && words.Count(word => word.Height > word.Width) > words.Length / 2;

    /// <summary>The same with the words' places on the picture as it was before it was turned.</summary>
    /// <param name="degrees">How far the picture that was read had been turned clockwise.</param>
    /// <param name="width">The width of the picture before.</param>
    /// <param name="height">The height of the picture before.</param>
    public OcrText TurnedBack(int degrees, int width, int height) =>
        new(Text, Confidence, [.. Rows.Select(row => row with { Word = row.Word.TurnedBack(degrees, width, height) })], degrees);
}
