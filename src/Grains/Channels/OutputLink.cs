using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels;

/// <summary>One linked output of a node, or a channel of start data: which channel is written, and who reads that.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.output-link")]
public sealed record OutputLink
{
    /// <summary>The engine's own name for it; empty for start data.</summary>
    [Id(0)]
    public required string Port { get; init; }

    /// <summary>The channel that is written.</summary>
    [Id(1)]
    public required string Channel { get; init; }

    /// <summary>What the channel carries.</summary>
    [Id(2)]
    public required ChannelType Type { get; init; }

    /// <summary>Whether what is written is stored as results before the writer goes on.</summary>
    [Id(3)]
    public required bool Interested { get; init; }

    /// <summary>All that read the channel; each gets every item.</summary>
    [Id(4)]
    public required ImmutableArray<ChannelEnd> Readers { get; init; }

    /// <summary>Which of the items reach the readers.</summary>
    [Id(5)]
    public DeliveryMode Delivery { get; init; }

    /// <summary>Whether nobody else writes to the channel.</summary>
    [Id(6)]
    public bool IsOnlyProducer { get; init; }

    /// <summary>The place in a trace of whoever writes; <see langword="null"/> where none is kept.</summary>
    [Id(7)]
    public string? Trace { get; init; }

    /// <summary>Those who listen to what a node writes though it is not kept; <see langword="null"/> where none are to be expected.</summary>
    [Id(8)]
    public ChannelEnd? Tap { get; init; }
}
