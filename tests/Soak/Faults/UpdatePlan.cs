using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Faults;

/// <summary>A rolling update: the parts are stopped one after the other, and come back with this build.</summary>
internal static class UpdatePlan
{
    /// <summary>So that there is something to be broken, before and after.</summary>
    private const double Calm = 8;

    /// <summary>The parts' turns, evenly over the time.</summary>
    /// <param name="length">How long the load goes on.</param>
    /// <param name="parts">All parts; what is not ours is left as it is.</param>
    /// <param name="roles">The roles in the order of their turns: until the next one's, the former build's parts live with this one's.</param>
    public static IReadOnlyList<PlannedFault> Create(TimeSpan length, IReadOnlyList<string> parts, IReadOnlyList<string> roles)
    {
        var turns = roles.SelectMany(role => parts.Where(part => part.Split('-')[0] == role)).ToList();
        var every = (length.TotalSeconds - (2 * Calm)) / turns.Count;
        return [.. turns.Select((part, turn) => new PlannedFault(TimeSpan.FromSeconds(Calm + (turn * every)), Outage.Stop, [part], TimeSpan.Zero, Updates: true))];
    }
}
