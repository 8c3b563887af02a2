using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels;

/// <summary>One linked input of a node: which channel feeds the port, and who writes to it.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.input-link")]
public sealed record InputLink
{
    /// <summary>The engine's own name for it.</summary>
    [Id(0)]
    public required string Port { get; init; }

    /// <summary>The channel that feeds it.</summary>
    [Id(1)]
    public required string Channel { get; init; }

    /// <summary>What the channel carries.</summary>
    [Id(2)]
    public required ChannelType Type { get; init; }

    /// <summary>The names of the ends that write to the channel: nodes, <see cref="ChannelEnd.StartData"/> and <see cref="ChannelEnd.Writers"/>. The input has ended when all of them have.</summary>
    [Id(3)]
    public required ImmutableArray<string> Writers { get; init; }

    /// <summary>Which of the channel's items come.</summary>
    [Id(4)]
    public DeliveryMode Delivery { get; init; }
}
