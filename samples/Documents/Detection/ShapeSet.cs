namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Shapes that grow run by run and are united where a run joins two (a disjoint-set forest).</summary>
internal sealed class ShapeSet
{
    public const int None = -1;

    private readonly List<int> _parents = [];
    private readonly List<Glyph> _glyphs = [];

    /// <summary>The shape of both; either may be <see cref="None"/>.</summary>
    public int Unite(int one, int other)
    {
        if (one == None || other == None)
        {
            return Math.Max(one, other);
        }

        (one, other) = (Root(one), Root(other));
        if (one == other)
        {
            return one;
        }

        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        _parents[high] = low;
        _glyphs[low] = Sum(_glyphs[low], _glyphs[high]);
        return low;
    }

    /// <summary>Adds a run to a shape, or begins a new one with it.</summary>
    public int Add(int shape, int start, int end, int y)
    {
        var run = new Glyph(start, y, end, y + 1, end - start, 1);
        if (shape == None)
        {
            _parents.Add(_parents.Count);
            _glyphs.Add(run);
            return _parents.Count - 1;
        }

        shape = Root(shape);
        _glyphs[shape] = Sum(_glyphs[shape], run);
        return shape;
    }

    public IEnumerable<Glyph> Glyphs()
    {
        for (var shape = 0; shape < _parents.Count; shape++)
        {
            if (_parents[shape] == shape)
            {
                yield return _glyphs[shape];
            }
        }
    }

    private int Root(int shape)
    {
        while (_parents[shape] != shape)
        {
            // Halving the path as it is walked keeps the forest flat.
            _parents[shape] = _parents[_parents[shape]];
            shape = _parents[shape];
        }

        return shape;
    }

    private static Glyph Sum(Glyph one, Glyph other) => new(
        Math.Min(one.Left, other.Left),
        Math.Min(one.Top, other.Top),
        Math.Max(one.Right, other.Right),
        Math.Max(one.Bottom, other.Bottom),
        one.Area + other.Area,
        one.Runs + other.Runs);
}
