namespace BlueEdge.Samples.Documents.Detection;

/// <summary>A line where it would stand if the page lay straight: its rows are turned level, its columns are left.</summary>
internal sealed class StraightLine(TextLine line, double slope)
{
    public TextLine Line => line;

    public double Top { get; } = line.Glyphs.Min(glyph => glyph.Top - (slope * glyph.CentreX));

    public double Bottom { get; } = line.Glyphs.Max(glyph => glyph.Bottom - (slope * glyph.CentreX));

    /// <summary>Where most of its letters stand.</summary>
    public double Baseline { get; } =
        line.Glyphs.Select(glyph => glyph.Bottom - (slope * glyph.CentreX)).Order().ElementAt(line.Glyphs.Length / 2);

    public double Middle => (Top + Bottom) / 2;

    /// <summary>The width shared with another line, as a share of the narrower one.</summary>
    public double Overlap(StraightLine other)
    {
        var shared = Math.Min(line.Right, other.Line.Right) - Math.Max(line.Left, other.Line.Left);
        return shared / (double)Math.Min(line.Right - line.Left, other.Line.Right - other.Line.Left);
    }
}
