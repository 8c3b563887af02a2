using System.Collections.Concurrent;
using System.Collections.Immutable;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Storage;
using Orleans.Storage;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>Sessions in memory, of whose writes some can be refused.</summary>
internal sealed class MemorySessionStore : ISessionStore
{
    private readonly ConcurrentDictionary<string, StoredSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<SessionEvent>> _events = new(StringComparer.Ordinal);

    /// <summary>Whether the store takes no writes when a session changes so; told of each before and after.</summary>
    public Func<SessionState, SessionState, bool> Refuses { get; set; } = (_, _) => false;

    public Task<StoredSession> ReadAsync(string sessionId) => Task.FromResult(Find(sessionId));

    public Task<ImmutableArray<SessionEvent>> ReadEventsAsync(string sessionId, long after, int count) => Task.FromResult(
        _events.TryGetValue(sessionId, out var events) ? [.. events.Skip((int)after).Take(count)] : ImmutableArray<SessionEvent>.Empty);

    public Task WriteAsync(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after)
    {
        if (Refuses(before, after))
        {
            throw new StoreUnavailableException("The store takes no writes now. Try again soon.");
        }

        var found = Find(sessionId);
        if (found.Version != version || !_sessions.TryUpdate(sessionId, new(version + 1, after with { News = [] }, spec), found))
        {
            throw new InconsistentStateException($"Session {sessionId} is at another version than {version}.");
        }

        _events.AddOrUpdate(sessionId, _ => after.News, (_, events) => events.AddRange(after.News));
        return Task.CompletedTask;
    }

    private StoredSession Find(string sessionId) => _sessions.GetOrAdd(sessionId, _ => new(0, SessionState.None, null));
}
