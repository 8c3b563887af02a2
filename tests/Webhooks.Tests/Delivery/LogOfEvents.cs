using System.Collections.Immutable;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>A store that has one session's events, and nothing else.</summary>
internal sealed class LogOfEvents : ISessionStore
{
    /// <summary>The events, in the order of their numbers.</summary>
    public List<SessionEvent> Events { get; } = [];

    /// <summary>How often they were read.</summary>
    public int Reads { get; private set; }

    /// <summary>Called between a read and its answer.</summary>
    public Action AfterRead { get; set; } = () => { };

    public Task<ImmutableArray<SessionEvent>> ReadEventsAsync(string sessionId, long after, int count)
    {
        Reads++;
        ImmutableArray<SessionEvent> read = [.. Events.Where(one => one.Number > after).Take(count)];
        AfterRead();
        return Task.FromResult(read);
    }

    public Task<StoredSession> ReadAsync(string sessionId) => throw new NotSupportedException();

    public Task WriteAsync(string sessionId, long version, SessionSpec spec, SessionState before, SessionState after) => throw new NotSupportedException();
}
