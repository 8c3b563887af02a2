using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>A history by session.</summary>
internal static class SessionsOf
{
    /// <summary>Each session that was accepted, or perhaps was, with its id, when it was, and all readings, the oldest first.</summary>
    public static IEnumerable<(PlannedSession Plan, string SessionId, TimeSpan AcceptedAt, IReadOnlyList<Reading> Readings)> Accepted(SoakHistory history)
    {
        var readings = history.Readings.ToLookup(reading => reading.SessionId);
        return
            from submission in history.Submissions
            where submission.SessionId is not null
            group submission by (submission.Session, Id: submission.SessionId!) into sent
            select (
                history.Sessions[sent.Key.Session],
                sent.Key.Id,
                sent.OrderByDescending(one => one.IsAccepted).ThenBy(one => one.Ended).First().Ended,
                (IReadOnlyList<Reading>)[.. readings[sent.Key.Id].OrderBy(reading => reading.Ended)]);
    }

    /// <summary>The end that was seen first.</summary>
    public static Reading? FirstEnd(IEnumerable<Reading> readings) => readings.FirstOrDefault(reading => reading.View is { HasEnded: true });
}
