namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Glyphs that follow each other from left to right.</summary>
internal sealed class TextLine
{
    public TextLine(IEnumerable<Glyph> glyphs)
    {
        Glyphs = [.. glyphs.OrderBy(glyph => glyph.Left)];
        Left = Glyphs.Min(glyph => glyph.Left);
        Top = Glyphs.Min(glyph => glyph.Top);
        Right = Glyphs.Max(glyph => glyph.Right);
        Bottom = Glyphs.Max(glyph => glyph.Bottom);
        Size = Glyphs.Select(glyph => glyph.Height).Order().ElementAt(Glyphs.Length * 9 / 10);
        Letters = Glyphs.Sum(glyph => Math.Max(1, (int)Math.Round(glyph.Width / (0.8 * Size))));
    }

    public Glyph[] Glyphs { get; }

    public int Left { get; }

    public int Top { get; }

    public int Right { get; }

    public int Bottom { get; }

    /// <summary>The height of most tall letters; the few that are taller still may be two lines' letters that touch.</summary>
    public int Size { get; }

    /// <summary>About how many letters it has, where some may touch.</summary>
    public int Letters { get; }

    public double CentreX => (Left + Right) / 2.0;
}
