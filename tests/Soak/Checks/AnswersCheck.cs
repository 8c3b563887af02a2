using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>No error but 503 with Retry-After, and no broken connection without a fault of the gateway.</summary>
internal static class AnswersCheck
{
    private const string Name = "answers";
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    /// <summary>Whose faults a broken connection may come of.</summary>
    private static readonly string[] Listeners = ["gateway", "embedded"];

    public static IEnumerable<Violation> Find(SoakHistory history)
    {
        foreach (var call in history.Calls)
        {
            if (Explain(history, call) is { } message)
            {
                yield return new(Name, call.Ended, $"{call.Name} at {call.Gateway}, {call.Began.TotalSeconds:0.0}-{call.Ended.TotalSeconds:0.0} s: {message}") { Session = call.Session };
            }
        }
    }

    private static string? Explain(SoakHistory history, Call call) => call.Code switch
    {
        >= 200 and < 300 or 404 => null, // Whether it should have been found is another check's.
        503 => call.HasRetryAfter ? null : $"503 without Retry-After. {call.Message}",
        0 => history.Outages.Any(outage => Listeners.Contains(outage.Role, StringComparer.Ordinal) && outage.Part == call.Gateway && outage.Touches(call.Began, call.Ended, Aftermath))
            ? null
            : $"no answer, and {call.Gateway} had no fault. {call.Message}",
        _ => $"{call.Code}. {call.Message}",
    };
}
