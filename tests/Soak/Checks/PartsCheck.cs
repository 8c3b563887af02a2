using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>A part of ours that is told to stop ends, and none ends by itself, but a silo or a host that hung, was declared dead by the others, and went on.</summary>
internal static class PartsCheck
{
    /// <summary>What hangs for less is not declared dead.</summary>
    private static readonly TimeSpan Harmless = TimeSpan.FromSeconds(1.5);

    public static IEnumerable<Violation> Find(SoakHistory history) => history.Outages
        .Where(end => end.Role is not ("redis" or "kafka"))
        .Where(end => end.Fault == Outage.DidNotStop
            || (end.Fault == Outage.EndedByItself && !history.Outages.Any(pause => Explains(pause, end, history.Limits.Aftermath))))
        .Select(end => new Violation("parts", end.Began, $"{end.Part} {end.Fault} at about {end.Began.TotalSeconds:0.0} s. Its log may say why."));

    // Where Redis hangs nobody can say that he is alive, and each may take the other for dead.
    private static bool Explains(Outage pause, Outage end, TimeSpan aftermath) =>
        pause.Fault == Outage.Pause && end.Role is "silo" or "host" && (pause.Part == end.Part || pause.Role is "redis")
        && pause.Undone - pause.Began > Harmless && pause.Touches(end.Began, end.Began, aftermath);
}
