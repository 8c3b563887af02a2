namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Tells a gutter between columns from a wide space: the lines above and below a gutter have their gap at the same place.</summary>
internal static class Gutter
{
    // In letter heights: the two or three lines above and below.
    private const double Reach = 5.5;
    private const double SameRow = 0.5;

    // In letter heights: no gutter is narrower, and where nothing stands above or below, the width alone has to tell.
    private const double MinGap = 0.9;
    private const double MaxLoneGap = 1.5;

    /// <param name="pieces">All pieces of the page by baseline.</param>
    /// <param name="one">The one piece beside the gap.</param>
    /// <param name="other">The other.</param>
    public static bool Parts(StraightLine[] pieces, int one, int other)
    {
        var (a, b) = (pieces[one], pieces[other]);
        var gap = new Gap(Math.Min(a.Line.Right, b.Line.Right), Math.Max(a.Line.Left, b.Line.Left));
        var size = Math.Max(a.Line.Size, b.Line.Size);
        if (gap.Width <= MinGap * size)
        {
            return false;
        }

        var (across, parted) = (0, 0);
        foreach (var row in Rows(pieces, one, size))
        {
            switch (gap.In(row))
            {
                case GapKind.Kept:
                    parted++;
                    break;
                case GapKind.Crossed:
                    across++;
                    break;
            }
        }

        return across + parted == 0 ? gap.Width > MaxLoneGap * size : parted >= across;
    }

    private static IEnumerable<List<StraightLine>> Rows(StraightLine[] pieces, int index, int size)
    {
        List<StraightLine> row = [];
        foreach (var piece in Near(pieces, index, size))
        {
            if (row.Count > 0 && Math.Abs(piece.Baseline - row[0].Baseline) > SameRow * size)
            {
                yield return row;
                row = [];
            }

            row.Add(piece);
        }

        yield return row;
    }

    private static IEnumerable<StraightLine> Near(StraightLine[] pieces, int index, int size)
    {
        var baseline = pieces[index].Baseline;
        for (var at = index - 1; at >= 0 && pieces[at].Baseline >= baseline - (Reach * size); at--)
        {
            if (pieces[at].Baseline < baseline - (SameRow * size))
            {
                yield return pieces[at];
            }
        }

        for (var at = index + 1; at < pieces.Length && pieces[at].Baseline <= baseline + (Reach * size); at++)
        {
            if (pieces[at].Baseline > baseline + (SameRow * size))
            {
                yield return pieces[at];
            }
        }
    }
}
