using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>
/// The platform fails nothing while retries are left, and what has none only where a fault took its engine; what is to fail by
/// itself fails with its own reason; and nobody is canceled without a caller.
/// </summary>
internal static class FailuresCheck
{
    private const string Name = "no failure without cause";

    /// <summary>What the platform says where a process took a session's engine with it.</summary>
    private static readonly string[] Losses =
    [
        "its engine instance was lost",
        "its engine instance was drained before it finished",
        "its engine instance could not be reached",
    ];

    /// <summary>What it says where a store that was killed lost results of the session's engines.</summary>
    private const string LostResults = "that it had: it was set back";

    /// <summary>Whose faults may take engines: a silo's pause too, in which a start is not answered.</summary>
    private static readonly string[] Takers = ["host", "embedded"];

    public static IEnumerable<Violation> Find(SoakHistory history)
    {
        var stops = history.Stops.ToLookup(stop => stop.Session);
        foreach (var (plan, id, acceptedAt, readings) in SessionsOf.Accepted(history))
        {
            if (SessionsOf.FirstEnd(readings) is not { View: { } view } end)
            {
                continue;
            }

            foreach (var message in Messages(history, plan, view, acceptedAt, end.Ended, stops[plan.Number].Any()))
            {
                yield return new(Name, end.Ended, $"{message} It is: {view}.") { Session = plan.Number, SessionId = id };
            }
        }
    }

    private static IEnumerable<string> Messages(SoakHistory history, PlannedSession plan, SessionView view, TimeSpan from, TimeSpan to, bool isStopped)
    {
        foreach (var reason in view.FormerReasons.Where(reason => !IsOwn(plan, reason)))
        {
            if (!IsLoss(reason))
            {
                yield return $"Attempt of a reason that no fault explains: {reason}.";
            }
            else if (!IsTaken(history, reason, from, to))
            {
                yield return $"An attempt lost its engine, and no fault was near that takes engines: {reason}.";
            }
        }

        var spent = view.FormerReasons.Length;
        switch (view.Status)
        {
            case "failed" when IsOwn(plan, view.Reason):
                if (spent != plan.Retries)
                {
                    yield return $"It failed after {spent + 1} attempts, where it has {plan.Retries + 1}.";
                }

                break;
            case "failed" when isStopped && IsLoss(view.Reason):
                break; // Whoever asks it to stop wants no further attempt.
            case "failed" when spent < plan.Retries:
                yield return $"It failed after {spent + 1} attempts, where it has {plan.Retries + 1}.";
                break;
            case "failed" when plan.Retries > 0 && plan.Expected.Status is not "failed":
                yield return $"All of its {plan.Retries + 1} attempts were lost.";
                break;
            case "failed" when !IsLoss(view.Reason):
                yield return "It failed with a reason that no fault explains.";
                break;
            case "failed" when !IsTaken(history, view.Reason, from, to):
                yield return "It lost its engine, and no fault was near that takes engines.";
                break;
            case "canceled" when !isStopped && plan.StopAfter is null:
                yield return "It was canceled, and nobody asked for that.";
                break;
        }
    }

    private static bool IsOwn(PlannedSession plan, string? reason) =>
        plan.Expected.Reason is { } own && reason is not null && reason.Contains(own, StringComparison.Ordinal);

    private static bool IsLoss(string? reason) =>
        reason is not null && (IsOfResults(reason) || Losses.Any(loss => reason.Contains(loss, StringComparison.Ordinal)));

    private static bool IsOfResults(string? reason) => reason?.Contains(LostResults, StringComparison.Ordinal) is true;

    private static bool IsTaken(SoakHistory history, string? reason, TimeSpan from, TimeSpan to) => history.Outages.Any(outage =>
        (IsOfResults(reason) ? outage is { Role: "redis", Fault: Outage.Kill } : Takers.Contains(outage.Role, StringComparer.Ordinal)) && outage.Touches(from, to, history.Limits.Aftermath));
}
