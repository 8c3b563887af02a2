using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>
/// A key has one session; what runs has been accepted, by an answer or, where the connection broke, perhaps; and what was
/// refused without an id does not run.
/// </summary>
internal static class SubmissionsCheck
{
    private const string Name = "submissions";
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    public static IEnumerable<Violation> Find(SoakHistory history)
    {
        var submissions = history.Submissions.ToLookup(submission => submission.Session);
        foreach (var sent in submissions)
        {
            var ids = sent.Where(one => one.SessionId is not null).Select(one => one.SessionId).Distinct(StringComparer.Ordinal).ToList();
            if (ids.Count > 1)
            {
                yield return new(Name, sent.Max(one => one.Ended), $"One idempotency key has the sessions {string.Join(" and ", ids)}.") { Session = sent.Key, SessionId = ids[0] };
            }
        }

        foreach (var stranger in history.Rest?.Strangers ?? [])
        {
            var from = stranger.Session is { } number ? submissions[number] : history.Submissions.Where(one => !one.IsAccepted);
            if (stranger.Session is null && from.Any(one => one.Code == 0 && Covers(one, stranger)))
            {
                continue; // Its connection broke: nobody was told anything.
            }

            if (stranger.Session is not null && from.Any(one => one.Code == 0))
            {
                continue;
            }

            var refused = from.Where(one => Covers(one, stranger)).Select(one => $"{one.Code} from {one.Gateway}, {one.Began.TotalSeconds:0.0}-{one.Ended.TotalSeconds:0.0} s").ToList();
            yield return new(
                Name, stranger.SubmittedAt, refused.Count == 0
                    ? $"It is there ({stranger.Status}), and nobody submitted it."
                    : $"It was refused without an id, and runs all the same: it is {stranger.Status}. Answers it may have had: {string.Join("; ", refused.Take(3))}.")
            {
                Session = stranger.Session,
                SessionId = stranger.SessionId,
            };
        }
    }

    private static bool Covers(Submission submission, StrangeSession stranger) =>
        submission.Began - Slack <= stranger.SubmittedAt && (stranger.Session == submission.Session || stranger.SubmittedAt <= submission.Ended + Slack);
}
