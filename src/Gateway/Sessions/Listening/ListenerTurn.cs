using BlueEdge.Gateway.Sessions.Events;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>What one who listens to all sessions is told next.</summary>
internal sealed record ListenerTurn
{
    /// <summary>What is missing; <see langword="null"/> where there are events.</summary>
    public MissedEvents? Gap { get; init; }

    /// <summary>The session of the events.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>The events.</summary>
    public IEnumerable<SessionEvent> Events { get; init; } = [];
}
