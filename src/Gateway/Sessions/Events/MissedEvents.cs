namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>What a listener is not told, because it was dropped before.</summary>
internal sealed record MissedEvents
{
    /// <summary>How many events or items there were; left out where nobody knows any more.</summary>
    public long? Missed { get; init; }
}
