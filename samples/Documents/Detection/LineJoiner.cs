namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Joins pieces of one line that a full stop, a dash or a wide space broke apart, but not two columns' lines.</summary>
internal static class LineJoiner
{
    // In letter heights. A stretched space after a full stop is as wide as a narrow gutter, so that width alone cannot tell.
    private const double MaxGap = 2.2;
    private const double MaxShift = 0.35;
    private const double MaxSizeRatio = 2;

    public static IEnumerable<TextLine> Join(IEnumerable<TextLine> pieces, double slope)
    {
        var straight = pieces.Select(piece => new StraightLine(piece, slope)).OrderBy(piece => piece.Baseline).ToArray();
        var groups = new Groups(straight.Length);
        for (var one = 0; one < straight.Length; one++)
        {
            var reach = straight[one].Baseline + (MaxShift * MaxSizeRatio * straight[one].Line.Size);
            for (var other = one + 1; other < straight.Length && straight[other].Baseline <= reach; other++)
            {
                if (AreOnOneLine(straight[one], straight[other]) && !Gutter.Parts(straight, one, other))
                {
                    groups.Unite(one, other);
                }
            }
        }

        return groups.Members().Select(members => new TextLine(members.SelectMany(member => straight[member].Line.Glyphs)));
    }

    private static bool AreOnOneLine(StraightLine one, StraightLine other)
    {
        var (small, tall) = (Math.Min(one.Line.Size, other.Line.Size), Math.Max(one.Line.Size, other.Line.Size));
        var gap = Math.Max(one.Line.Left, other.Line.Left) - Math.Min(one.Line.Right, other.Line.Right);
        return gap <= MaxGap * tall
            && tall <= MaxSizeRatio * small
            && Math.Abs(one.Baseline - other.Baseline) <= MaxShift * tall;
    }
}
