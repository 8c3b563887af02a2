namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Links each glyph with its next to the right; what hangs together is a line. Only neighbours are compared, so that a crooked page does not matter.</summary>
internal static class LineFinder
{
    // In heights of the taller glyph: most words' spaces, and no gutter between columns. LineJoiner sees to wider spaces.
    private const double MaxGap = 1;
    private const double MinOverlap = 0.4;
    private const double MaxRatio = 3;

    public static IEnumerable<TextLine> Find(IReadOnlyList<Glyph> glyphs)
    {
        var index = new GlyphIndex(glyphs);
        var groups = new Groups(glyphs.Count);
        for (var glyph = 0; glyph < glyphs.Count; glyph++)
        {
            if (Next(glyphs, index, glyph) is { } next)
            {
                groups.Unite(glyph, next);
            }
        }

        return groups.Members().Select(members => new TextLine(members.Select(member => glyphs[member])));
    }

    private static int? Next(IReadOnlyList<Glyph> glyphs, GlyphIndex index, int current)
    {
        var glyph = glyphs[current];
        int? best = null;

        // The other may be the taller of the two, and so allow a wider gap.
        var reach = glyph.Right + (int)(MaxGap * MaxRatio * glyph.Height);
        foreach (var candidate in index.Between(glyph.Left + 1, reach, glyph.Top, glyph.Bottom))
        {
            if (Follows(glyph, glyphs[candidate]) && (best is null || glyphs[candidate].Left < glyphs[best.Value].Left))
            {
                best = candidate;
            }
        }

        return best;
    }

    private static bool Follows(Glyph glyph, Glyph next)
    {
        var (small, tall) = (Math.Min(glyph.Height, next.Height), Math.Max(glyph.Height, next.Height));
        var overlap = Math.Min(glyph.Bottom, next.Bottom) - Math.Max(glyph.Top, next.Top);
        return next.Right > glyph.Right
            && tall <= MaxRatio * small
            && overlap >= MinOverlap * small
            && next.Left - glyph.Right <= MaxGap * tall;
    }
}
