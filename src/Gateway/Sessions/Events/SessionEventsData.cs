using System.Collections.Immutable;

namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>Some events of a session.</summary>
internal sealed record SessionEventsData
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Whether the session keeps events, which one does that was submitted with <c>"events": true</c>, or to which somebody listens.</summary>
    public required bool Kept { get; init; }

    /// <summary>The events, in their order; at most 200.</summary>
    public required ImmutableArray<SessionEventResponse> Events { get; init; }

    /// <summary>What to pass as <c>after</c> to go on; left out where nothing will follow.</summary>
    public long? Next { get; init; }
}
