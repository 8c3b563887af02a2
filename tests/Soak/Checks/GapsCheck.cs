using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>While a gateway, a silo and Redis run, sessions are accepted again within a time.</summary>
internal static class GapsCheck
{
    public static IEnumerable<Violation> Find(SoakHistory history) => Gaps.Find(history)
        .Where(gap => gap.Length > history.Limits.Gap)
        .Select(gap => new Violation(
            "gaps", gap.To, $"No session was accepted for {gap.Length.TotalSeconds:0.0} s, from {gap.From.TotalSeconds:0.0} s, though a gateway, a silo and Redis ran. The limit is {history.Limits.Gap.TotalSeconds:0} s. Last fault: {gap.Cause}."));
}
