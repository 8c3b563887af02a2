namespace BlueEdge.Sessions.Events;

/// <summary>
/// Tells a subscriber of the <see cref="SessionStreams"/> what is new, and where something may be missing: by the numbers that each session
/// counts its changes with, and the offsets of the stream, which follow one another. It remembers the <see cref="MostSessions"/> sessions
/// that it heard of last. Not thread-safe: events come one after the other.
/// </summary>
/// <param name="place">
/// The offset from which the subscriber resumes: that event has to come again, or the stream no longer has it, which is a gap.
/// <see langword="null"/> where it begins.
/// </param>
public sealed class SessionStreamTracker(long? place = null)
{
    /// <summary>At least so many sessions are remembered.</summary>
    public const int MostSessions = 100_000;

    private Dictionary<string, Change> _recent = new(StringComparer.Ordinal);
    private Dictionary<string, Change> _former = new(StringComparer.Ordinal);
    private long? _offset = place - 1;

    /// <summary>How the event follows those that were taken before; changes nothing.</summary>
    /// <param name="next">What came.</param>
    /// <param name="offset">Where it is in the stream: the sequence number of its token.</param>
    public SessionStreamStep Look(SessionStreamEvent next, long offset)
    {
        ArgumentNullException.ThrowIfNull(next);
        var isNew = next is { SessionId: not null, Number: > 0 } && (Find(next.SessionId) is not { } known || known.IsBefore(next));

        // An offset that is lower is a repetition: it goes on from there.
        return new(isNew, offset > _offset + 1 ? SessionStreamLoss.OfAny : LossBefore(next, isNew));
    }

    /// <summary>How the event follows those that were taken before, which it is one of from now on.</summary>
    /// <param name="next">What came.</param>
    /// <param name="offset">Where it is in the stream: the sequence number of its token.</param>
    public SessionStreamStep Take(SessionStreamEvent next, long offset)
    {
        var step = Look(next, offset);
        _offset = offset;
        if (step.IsNew && next.SessionId is { } session)
        {
            if (_recent.Count >= MostSessions && !_recent.ContainsKey(session))
            {
                (_former, _recent) = (_recent, new(StringComparer.Ordinal));
            }

            _recent[session] = new(next.SubmittedAt, next.Number);
        }

        return step;
    }

    private SessionStreamLoss LossBefore(SessionStreamEvent next, bool isNew)
    {
        if (next.Gap is not null)
        {
            return next.SessionId is null ? SessionStreamLoss.OfAny : SessionStreamLoss.OfSession;
        }

        var expected = Find(next.SessionId) is { } known && known.SubmittedAt == next.SubmittedAt ? known.Number + 1 : 1;
        return isNew && next.Number > expected ? SessionStreamLoss.OfSession : SessionStreamLoss.None;
    }

    private Change? Find(string? session) =>
        session is not null && (_recent.TryGetValue(session, out var found) || _former.TryGetValue(session, out found)) ? found : null;

    /// <summary>The newest change of a session that was taken.</summary>
    private sealed record Change(DateTimeOffset SubmittedAt, long Number)
    {
        public bool IsBefore(SessionStreamEvent next) => SubmittedAt < next.SubmittedAt || (SubmittedAt == next.SubmittedAt && Number < next.Number);
    }
}
