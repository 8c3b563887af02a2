using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Storage;
using BlueEdge.Sessions;
using Orleans.Storage;

namespace BlueEdge.Grains.Sessions.Records;

/// <summary>One activation's view of its session in the store: another's write since makes its own fail.</summary>
internal sealed class SessionRecord(string sessionId, ISessionStore store, SiloNews news) : IStateStorage<SessionState>
{
    private long _version;

    /// <summary>The session's spec; <see langword="null"/> before it is read or set, and where there is no such session.</summary>
    public SessionSpec? Spec { get; set; }

    /// <summary>What this activation has stored of its events.</summary>
    public UntoldEvents Untold { get; } = new();

    public async Task<SessionState> ReadAsync()
    {
        var stored = await store.ReadAsync(sessionId);
        (_version, Spec) = (stored.Version, stored.Spec ?? Spec);
        return stored.State;
    }

    public async Task<SessionState> WriteAsync(SessionState before, SessionState after)
    {
        var spec = Spec ?? throw new InvalidOperationException($"Session {sessionId} is to be written and has no spec.");
        try
        {
            await store.WriteAsync(sessionId, _version, spec, before, after);
        }
        catch (Exception error) when (error is not InconsistentStateException)
        {
            // It may be stored all the same.
            news.Miss(sessionId);
            throw;
        }

        _version++;
        news.Tell(sessionId, _version, spec, before, after);
        if (after.OwesEvents)
        {
            Untold.Add(after.News);
        }

        return after.News.IsEmpty ? after : after with { News = [] };
    }
}
