namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Joins lines below each other to blocks where they are as tall and as far apart as the page's lines usually are.</summary>
internal static class BlockFinder
{
    // Pitch is the distance of two lines in letter heights: about 1.8 in a book, 3.4 in double spacing.
    private const double UsualPitch = 1.9;
    private const double PitchTolerance = 1.2;

    // The short cells of a table's column, or a list, hang together also where running text would not.
    private const double MaxCellPitch = 3;
    private const double MaxPitch = 5;
    private const double MaxSizeRatio = 1.5;
    private const double MinOverlap = 0.3;
    private const int RunningLetters = 15;

    public static List<TextBlock> Find(List<TextLine> lines, double slope)
    {
        var straight = lines.Select(line => new StraightLine(line, slope)).OrderBy(line => line.Middle).ToArray();
        var pairs = Pairs(straight).ToList();
        var maxPitch = Math.Min(MaxPitch, PitchTolerance * Math.Max(UsualPitch, TypicalPitch(straight, pairs)));

        var groups = new Groups(straight.Length);
        foreach (var (upper, lower, pitch) in pairs)
        {
            var (one, other) = (straight[upper].Line, straight[lower].Line);
            if (pitch <= (AreCells(one, other) ? Math.Max(MaxCellPitch, maxPitch) : maxPitch) && AlikeInSize(one, other))
            {
                groups.Unite(upper, lower);
            }
        }

        return [.. groups.Members().Select(members => new TextBlock(members.Select(member => straight[member])))];
    }

    /// <summary>Each line with those that come next below it.</summary>
    private static IEnumerable<(int Upper, int Lower, double Pitch)> Pairs(StraightLine[] lines)
    {
        for (var upper = 0; upper < lines.Length; upper++)
        {
            var reach = MaxPitch * lines[upper].Line.Size;
            var nearest = double.MaxValue;
            for (var lower = upper + 1; lower < lines.Length && lines[lower].Middle - lines[upper].Middle <= reach; lower++)
            {
                // A line broken by a wide space has several pieces next below, all about as far.
                var distance = lines[lower].Middle - lines[upper].Middle;
                if (distance > nearest + (lines[upper].Line.Size / 2.0) || lines[upper].Overlap(lines[lower]) < MinOverlap)
                {
                    continue;
                }

                nearest = Math.Min(nearest, distance);
                yield return (upper, lower, distance / Math.Max(lines[upper].Line.Size, lines[lower].Line.Size));
            }
        }
    }

    /// <summary>The pitch of running text, which is tighter than that between paragraphs; a table's short cells have no say.</summary>
    private static double TypicalPitch(StraightLine[] lines, IEnumerable<(int Upper, int Lower, double Pitch)> pairs)
    {
        var pitches = pairs
            .Where(pair => lines[pair.Upper].Line.Letters >= RunningLetters && lines[pair.Lower].Line.Letters >= RunningLetters)
            .Select(pair => pair.Pitch)
            .Order()
            .ToArray();
        return pitches.Length < 3 ? UsualPitch : pitches[pitches.Length * 3 / 10];
    }

    private static bool AreCells(TextLine one, TextLine other) =>
        Math.Max(one.Letters, other.Letters) < RunningLetters
        && (Math.Abs(one.Left - other.Left) <= one.Size || Math.Abs(one.Right - other.Right) <= one.Size);

    private static bool AlikeInSize(TextLine one, TextLine other) =>
        Math.Max(one.Size, other.Size) <= MaxSizeRatio * Math.Min(one.Size, other.Size);
}
