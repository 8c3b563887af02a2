namespace BlueEdge.Driver.Reports;

/// <summary>What a case found.</summary>
/// <param name="Name">What was measured, with its unit and the peer.</param>
/// <param name="Ours">Our median.</param>
/// <param name="Peer">The peer's median, or null where there is no peer.</param>
/// <param name="Ratio">The median of the rounds' ratios, ours to the peer's; null where there is no peer.</param>
/// <param name="Goal">What it is to be, or null where there is no goal.</param>
/// <param name="Spread">The lowest and the highest ratio of a round; of our own figure where there is no peer.</param>
internal sealed record Figure(string Name, double Ours, double? Peer, double? Ratio, Goal? Goal, IReadOnlyList<double> Spread)
{
    /// <summary>Of rounds in turns.</summary>
    public static Figure Of(string name, Goal? goal, IEnumerable<double> ours, IEnumerable<double> peer)
    {
        double[] mine = [.. ours], theirs = [.. peer];
        double[] ratios = [.. mine.Zip(theirs, (one, other) => one / other)];
        return new(name, Round(Median(mine)), Round(Median(theirs)), Round(Median(ratios)), goal, [Round(ratios.Min()), Round(ratios.Max())]);
    }

    /// <summary>Of ours alone.</summary>
    public static Figure Of(string name, Goal? goal, IEnumerable<double> ours)
    {
        double[] mine = [.. ours];
        return new(name, Round(Median(mine)), null, null, goal, [Round(mine.Min()), Round(mine.Max())]);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Round(double value) => value < 10 ? Math.Round(value, 3) : Math.Round(value, 1);
}
