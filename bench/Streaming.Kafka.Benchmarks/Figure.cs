using System.Globalization;
using System.Text.Json.Serialization;

namespace Streaming.Kafka;

/// <summary>What a comparison found.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Ours">The provider's median.</param>
/// <param name="Peer">The client's median.</param>
/// <param name="Ratio">The median of the rounds' ratios, ours to the peer's.</param>
/// <param name="Goal">What the ratio is to be, or null where there is no goal.</param>
/// <param name="Spread">The lowest and the highest ratio of a round.</param>
/// <param name="IsAtLeast">Whether more is better.</param>
internal sealed record Figure(
    string Case, double Ours, double Peer, double Ratio, double? Goal, double[] Spread, [property: JsonIgnore] bool IsAtLeast)
{
    [JsonIgnore]
    public string GoalText => Goal is { } goal ? string.Create(CultureInfo.InvariantCulture, $"{(IsAtLeast ? "≥" : "≤")} {goal:N1}") : "";

    public static Figure Of(string name, double? goal, bool isAtLeast, List<double> ours, List<double> peer)
    {
        List<double> ratios = [.. ours.Zip(peer, (mine, theirs) => mine / theirs)];
        return new(name, Round(Median(ours)), Round(Median(peer)), Round(Median(ratios)), goal, [Round(ratios.Min()), Round(ratios.Max())], isAtLeast);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Round(double value) => Math.Round(value, 3);
}
