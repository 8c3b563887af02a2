using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>What was accepted is found until its retention is over, and comes to an end.</summary>
internal static class FoundCheck
{
    private const string Name = "accepted and found";
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    public static IEnumerable<Violation> Find(SoakHistory history)
    {
        var accepted = history.Submissions.Where(submission => submission.IsAccepted).Select(submission => submission.SessionId).ToHashSet(StringComparer.Ordinal);
        foreach (var (plan, id, acceptedAt, readings) in SessionsOf.Accepted(history))
        {
            if (!accepted.Contains(id) && readings.All(reading => reading.View is null))
            {
                continue; // 503 told its id, and it never ran.
            }

            var end = SessionsOf.FirstEnd(readings);

            // Where no answer said when it ended, that was at the earliest when it was last seen running. It may have run, and ended, long
            // before a submission with its key was answered.
            var endedAfter = end?.View?.EndedAt is { } endedAt
                ? endedAt - history.Began
                : readings.LastOrDefault(reading => reading.View is { HasEnded: false })?.Began ?? acceptedAt;
            var goneAfter = endedAfter + history.Limits.Retention - Slack;
            var knownAt = accepted.Contains(id) ? acceptedAt : readings.First(reading => reading.View is not null).Ended;
            if (readings.FirstOrDefault(reading => reading.View is null && reading.Began >= knownAt && reading.Ended < goneAfter) is { } missed)
            {
                yield return new(Name, missed.Ended, $"It was accepted at {acceptedAt.TotalSeconds:0.0} s, and is 404 at {missed.Gateway}, before its retention is over. Before, it was: {Before(readings, missed)}.")
                {
                    Session = plan.Number,
                    SessionId = id,
                };
            }

            if (end is null)
            {
                yield return new(Name, history.Ended, $"It was accepted at {acceptedAt.TotalSeconds:0.0} s, and had no end. Last it was: {Before(readings, null)}.") { Session = plan.Number, SessionId = id };
            }
        }
    }

    private static string Before(IReadOnlyList<Reading> readings, Reading? missed) =>
        readings.LastOrDefault(reading => reading.View is not null && (missed is null || reading.Ended <= missed.Began)) is { } last
            ? $"{last.View} ({last.Ended.TotalSeconds:0.0} s)"
            : "never seen";
}
