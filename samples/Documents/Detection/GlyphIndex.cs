namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Finds glyphs by place without looking at all of them: bands of rows, each sorted by its glyphs' left edges.</summary>
internal sealed class GlyphIndex
{
    private const int Band = 32;

    private readonly IReadOnlyList<Glyph> _glyphs;
    private readonly List<int>[] _bands;

    public GlyphIndex(IReadOnlyList<Glyph> glyphs)
    {
        _glyphs = glyphs;
        _bands = new List<int>[glyphs.Count == 0 ? 0 : (glyphs.Max(glyph => glyph.Bottom) / Band) + 1];
        for (var band = 0; band < _bands.Length; band++)
        {
            _bands[band] = [];
        }

        foreach (var glyph in Enumerable.Range(0, glyphs.Count).OrderBy(glyph => glyphs[glyph].Left))
        {
            for (var band = glyphs[glyph].Top / Band; band <= (glyphs[glyph].Bottom - 1) / Band; band++)
            {
                _bands[band].Add(glyph);
            }
        }
    }

    /// <summary>Glyphs whose left edge lies in a range and that may share rows with another; some may come twice.</summary>
    public IEnumerable<int> Between(int fromLeft, int toLeft, int top, int bottom)
    {
        for (var band = top / Band; band <= (bottom - 1) / Band; band++)
        {
            var glyphs = _bands[band];
            for (var at = FirstFrom(glyphs, fromLeft); at < glyphs.Count && _glyphs[glyphs[at]].Left <= toLeft; at++)
            {
                yield return glyphs[at];
            }
        }
    }

    private int FirstFrom(List<int> glyphs, int left)
    {
        var (low, high) = (0, glyphs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _glyphs[glyphs[middle]].Left < left ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
