using System.Globalization;

namespace BlueEdge.Driver.Reports;

/// <summary>What a figure is to be.</summary>
/// <param name="Value">The bound.</param>
/// <param name="IsAtLeast">Whether more is better.</param>
/// <param name="IsOfOurs">Whether it bounds our own figure rather than the ratio.</param>
/// <param name="Stretch">What would be better still, or null.</param>
internal sealed record Goal(double Value, bool IsAtLeast, bool IsOfOurs = false, double? Stretch = null)
{
    public bool IsReached(Figure figure) => (IsOfOurs ? figure.Ours : figure.Ratio) is { } value && (IsAtLeast ? value >= Value : value <= Value);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsOfOurs ? "ours " : "")}{(IsAtLeast ? "≥" : "≤")} {Value}{(Stretch is { } stretch ? $", stretch {stretch}" : "")}");
}
