namespace BlueEdge.Samples.Documents.Detection;

internal static class PageSlope
{
    private const int MinGlyphs = 8;

    /// <summary>How crookedly the page lies: the median slope of its long lines, 0 where it has none.</summary>
    public static double Of(IEnumerable<TextLine> lines)
    {
        var slopes = lines.Where(line => line.Glyphs.Length >= MinGlyphs).Select(LineShape.Slope).Order().ToArray();
        return slopes.Length == 0 ? 0 : slopes[slopes.Length / 2];
    }
}
