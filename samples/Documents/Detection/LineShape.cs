namespace BlueEdge.Samples.Documents.Detection;

/// <summary>
/// Tells print from chance: letters stand on one baseline, beside each other, most of them about equally tall and drawn
/// with a pen much narrower than they are tall.
/// </summary>
internal static class LineShape
{
    private const double MinOnBaseline = 0.55;
    private const double MinTallEnough = 0.6;
    private const double MinPenned = 0.7;
    private const double MaxStroke = 0.5;
    private const double MinCoverage = 0.4;
    private const double MaxCoverage = 1.25;
    private const double MaxSlope = 0.2;

    public static bool IsPrint(TextLine line)
    {
        var covered = line.Glyphs.Sum(glyph => glyph.Width) / (double)(line.Right - line.Left);
        return covered is >= MinCoverage and <= MaxCoverage
            && line.Right - line.Left > line.Size
            && Share(line, glyph => glyph.Height >= 0.45 * line.Size) >= MinTallEnough
            && Share(line, glyph => glyph.Stroke <= MaxStroke * line.Size) >= MinPenned
            && OnBaseline(line) >= MinOnBaseline;
    }

    /// <summary>How far the line sinks with each pixel to the right: the least-squares slope of its glyphs' feet.</summary>
    public static double Slope(TextLine line)
    {
        var x = line.Glyphs.Average(glyph => glyph.CentreX);
        var y = line.Glyphs.Average(glyph => glyph.Bottom);
        var spread = line.Glyphs.Sum(glyph => (glyph.CentreX - x) * (glyph.CentreX - x));
        var joint = line.Glyphs.Sum(glyph => (glyph.CentreX - x) * (glyph.Bottom - y));
        return spread == 0 ? 0 : Math.Clamp(joint / spread, -MaxSlope, MaxSlope);
    }

    private static double OnBaseline(TextLine line)
    {
        // Two points always lie on a line of their own, so that short lines are measured as level.
        var slope = line.Glyphs.Length < 6 ? 0 : Slope(line);
        var feet = line.Glyphs.Select(glyph => glyph.Bottom - (slope * glyph.CentreX)).Order().ToArray();
        var baseline = feet[feet.Length / 2];
        var tolerance = Math.Max(1.5, 0.15 * line.Size);
        return feet.Count(foot => Math.Abs(foot - baseline) <= tolerance) / (double)feet.Length;
    }

    private static double Share(TextLine line, Func<Glyph, bool> predicate) =>
        line.Glyphs.Count(predicate) / (double)line.Glyphs.Length;
}
