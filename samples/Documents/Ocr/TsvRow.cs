using System.Globalization;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>A word's row of tesseract's TSV output: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.</summary>
internal sealed record TsvRow(int Block, int Paragraph, int Line, OcrWord Word)
{
    private const string WordLevel = "5";

    /// <summary>Null for a row that is no word, also where tesseract took a picture or a rule for a blank word.</summary>
    public static TsvRow? Parse(string row) => row.Split('\t', 12) switch
    {
        [WordLevel, _, var block, var paragraph, var line, _, var left, var top, var width, var height, var confidence, var text]
            when !string.IsNullOrWhiteSpace(text) => new TsvRow(
                Whole(block),
                Whole(paragraph),
                Whole(line),
                new OcrWord(
                    text.Trim(),
                    Math.Round(double.Parse(confidence, CultureInfo.InvariantCulture), 1),
                    Whole(left),
                    Whole(top),
                    Whole(width),
                    Whole(height))),
        _ => null,
    };

    public bool SameParagraph(TsvRow other) => Block == other.Block && Paragraph == other.Paragraph;

    public bool SameLine(TsvRow other) => SameParagraph(other) && Line == other.Line;

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
