using BlueEdge.Channels;

namespace BlueEdge.Sessions;

/// <summary>A named, typed edge of a session's DAG. Every reader gets every item, unless it delivers the latest.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.channel-spec")]
public sealed record ChannelSpec
{
    /// <summary>Unique in its session; at most 256 characters unless configured.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What its items are; the ports linked to it have the same type.</summary>
    [Id(1)]
    public required ChannelType Type { get; init; }

    /// <summary>Whether what is written to it is kept as results. False by default.</summary>
    [Id(2)]
    public bool Interested { get; init; }

    /// <summary>What becomes of items that a reader is too slow for. Every item is delivered by default.</summary>
    [Id(3)]
    public DeliveryMode Delivery { get; init; }
}
