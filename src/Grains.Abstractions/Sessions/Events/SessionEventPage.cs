using System.Collections.Immutable;

namespace BlueEdge.Sessions.Events;

/// <summary>Some events of a session, in their order.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-event-page")]
public sealed record SessionEventPage
{
    /// <summary>The most events that one page has.</summary>
    public const int Most = 200;

    /// <summary>The events, in the order of their numbers; empty where there is none after the one that was asked for.</summary>
    [Id(0)]
    public required ImmutableArray<SessionEvent> Events { get; init; }

    /// <summary>Whether the session keeps events: one keeps none unless its spec says so, or somebody listens to it.</summary>
    [Id(1)]
    public required bool IsKept { get; init; }

    /// <summary>Whether nothing will follow these: the session has ended, or keeps no events.</summary>
    [Id(2)]
    public required bool IsLast { get; init; }
}
