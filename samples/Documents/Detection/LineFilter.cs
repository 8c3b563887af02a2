namespace BlueEdge.Samples.Documents.Detection;

internal static class LineFilter
{
    // So many letters in a row are hardly chance.
    private const int SureLetters = 6;
    private const int SureGlyphs = 4;
    private const int MinLetters = 2;

    /// <summary>Keeps lines that are surely print, and short ones (a number, a word) only where print of about their size is near.</summary>
    public static List<TextLine> Keep(IEnumerable<TextLine> lines)
    {
        var print = lines.Where(line => line.Letters >= MinLetters && LineShape.IsPrint(line)).ToList();
        var sure = print.Where(line => line is { Letters: >= SureLetters, Glyphs.Length: >= SureGlyphs }).ToList();
        return [.. print.Where(line => sure.Exists(other => AboutAsTall(line, other)))];
    }

    private static bool AboutAsTall(TextLine line, TextLine other) =>
        line.Size >= 0.7 * other.Size && line.Size <= 1.5 * other.Size;
}
