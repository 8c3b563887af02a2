namespace BlueEdge.Sessions.Events;

/// <summary>Something that happened to a session, stored in the same write as the change that it tells of.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-event")]
public sealed record SessionEvent
{
    /// <summary>Counts the session's events from 1, over all its attempts. A gap says that older ones were dropped: the newest 10,000 are kept.</summary>
    [Id(0)]
    public required long Number { get; init; }

    /// <summary>When it happened.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened; which of the members below are set follows from it.</summary>
    [Id(2)]
    public required SessionEventKind Kind { get; init; }

    /// <summary>The attempt's number, as its slots, items and reports carry it and as the session itself tells it; the first is 1.</summary>
    [Id(3)]
    public required int Epoch { get; init; }

    /// <summary>The session's status now; set where it changed.</summary>
    [Id(5)]
    public SessionStatus? Status { get; init; }

    /// <summary>The session's status before; <see langword="null"/> with the first event of all.</summary>
    [Id(6)]
    public SessionStatus? PreviousStatus { get; init; }

    /// <summary>The node that changed.</summary>
    [Id(7)]
    public string? Node { get; init; }

    /// <summary>The node's status now; set where it changed.</summary>
    [Id(8)]
    public SubSessionStatus? NodeStatus { get; init; }

    /// <summary>The node's status before.</summary>
    [Id(9)]
    public SubSessionStatus? PreviousNodeStatus { get; init; }

    /// <summary>The engine instance that the node runs on, where it is known.</summary>
    [Id(10)]
    public string? Instance { get; init; }

    /// <summary>Why the session stops, failed, was canceled or runs again, or what the node failed with.</summary>
    [Id(11)]
    public string? Reason { get; init; }

    /// <summary>What an engine said: its event, with the type that the engine gave it.</summary>
    [Id(12)]
    public EngineEvent? Said { get; init; }
}
