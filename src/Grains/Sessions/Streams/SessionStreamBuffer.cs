using System.Collections.Immutable;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Streams;

/// <summary>
/// What a silo has to write to the <see cref="SessionStreams"/>, in order. Sessions leave it here and go on: what finds no room is left out,
/// and a gap stands in its place. Any thread may add; one takes.
/// </summary>
/// <param name="silo">The silo's address.</param>
/// <param name="mostBytes">About so many bytes are held at most.</param>
/// <param name="metrics">Counts what is left out.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class SessionStreamBuffer(string silo, long mostBytes, SessionStreamMetrics metrics, TimeProvider clock)
{
    /// <summary>So many are taken at once, at most.</summary>
    public const int MostTaken = 256;

    /// <summary>A change that is larger is left out: a message has less than 1 MB.</summary>
    public const int MostEventBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<(SessionStreamEvent Event, int Bytes)> _waiting = [];
    private TaskCompletionSource? _more;

    /// <summary>The bytes of what waits and of what was taken last.</summary>
    private long _bytes;
    private long _taken;

    /// <summary>Whether the newest of what waits tells of a gap already.</summary>
    private bool _endsWithGap;

    /// <summary>Adds a change of a session that was stored as the version which is given.</summary>
    public void Add(string sessionId, long version, SessionState after, ImmutableArray<SessionEvent> events) => Add(Event() with
    {
        SessionId = sessionId,
        Tenant = after.Tenant,
        SubmittedAt = after.SubmittedAt,
        Number = version,
        Epoch = after.Epoch,
        Status = after.Status,
        Events = events,
    });

    /// <summary>Tells that changes of a session may be missing.</summary>
    public void AddGap(string sessionId, string why) => Add(Event() with { SessionId = sessionId, Gap = why });

    /// <summary>Tells that changes of any session may be missing. There is always room for that.</summary>
    public void AddGap(string why)
    {
        lock (_lock)
        {
            Enqueue(Event() with { Gap = why });
        }
    }

    /// <summary>
    /// Takes the oldest events, in the place of those taken before, which are done with. Waits for some; says that the silo is there where
    /// none comes for <paramref name="atMost"/>. Empty only once <paramref name="stopping"/> fired and nothing waits.
    /// </summary>
    public async Task<IReadOnlyList<SessionStreamEvent>> TakeAsync(TimeSpan atMost, CancellationToken stopping)
    {
        Task more;
        lock (_lock)
        {
            (_bytes, _taken) = (_bytes - _taken, 0);
            if (_waiting.Count > 0)
            {
                return Take();
            }

            more = (_more ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await more.WaitAsync(atMost, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            return _waiting.Count > 0 || stopping.IsCancellationRequested ? Take() : [Event()];
        }
    }

    private SessionStreamEvent Event() => new() { Silo = silo, At = clock.GetUtcNow() };

    private void Add(SessionStreamEvent added)
    {
        var bytes = added.EstimateBytes();
        lock (_lock)
        {
            if (bytes <= MostEventBytes && _bytes + bytes <= mostBytes)
            {
                Enqueue(added, bytes);
                return;
            }

            // One that still waits is read after this change was stored.
            if (!_endsWithGap)
            {
                Enqueue(Event() with { Gap = "Kafka did not take changes as fast as they came, or one was too large." });
            }
        }

        metrics.Dropped();
    }

    private void Enqueue(SessionStreamEvent added, int bytes = 0)
    {
        _waiting.Enqueue((added, bytes));
        _bytes += bytes;
        _endsWithGap = added is { Gap: not null, SessionId: null };
        _more?.TrySetResult();
        _more = null;
    }

    private List<SessionStreamEvent> Take()
    {
        List<SessionStreamEvent> taken = [];
        while (taken.Count < MostTaken && _waiting.TryDequeue(out var next))
        {
            taken.Add(next.Event);
            _taken += next.Bytes;
        }

        _endsWithGap &= _waiting.Count > 0;
        return taken;
    }
}
