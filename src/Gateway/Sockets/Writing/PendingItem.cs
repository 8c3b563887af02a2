using BlueEdge.Channels;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sockets.Writing;

/// <summary>What a client sent to a channel and is not stored yet: an item, one that is none, or the channel's end.</summary>
internal sealed record PendingItem
{
    /// <summary>The client says that the channel ends.</summary>
    public static PendingItem End { get; } = new();

    /// <summary>The item's number.</summary>
    public long Sequence { get; init; }

    /// <summary>The item.</summary>
    public Payload? Item { get; init; }

    /// <summary>Bytes of credit that it took.</summary>
    public int Bytes { get; init; }

    /// <summary>Bytes of the budget that it holds.</summary>
    public long Held { get; init; }

    /// <summary>Why it is no item of the channel.</summary>
    public Fault? Fault { get; init; }
}
