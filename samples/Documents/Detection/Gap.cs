namespace BlueEdge.Samples.Documents.Detection;

/// <summary>The space between two pieces of a line, as a range of columns.</summary>
internal sealed record Gap(int Left, int Right)
{
    // A word's space somewhere near does not make a gutter; most of the gap must be free.
    private const double MinKept = 0.6;

    public int Width => Right - Left;

    public GapKind In(IEnumerable<StraightLine> row)
    {
        var middle = (Left + Right) / 2;
        var (before, after) = (int.MinValue, int.MaxValue);
        foreach (var piece in row.Select(piece => piece.Line))
        {
            if (piece.Left < middle && piece.Right > middle)
            {
                return GapKind.Crossed;
            }

            before = piece.Right <= middle ? Math.Max(before, piece.Right) : before;
            after = piece.Left >= middle ? Math.Min(after, piece.Left) : after;
        }

        if (before == int.MinValue || after == int.MaxValue)
        {
            return GapKind.Unknown;
        }

        return Math.Min(Right, after) - Math.Max(Left, before) >= MinKept * Width ? GapKind.Kept : GapKind.Crossed;
    }
}
