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

    /// <summary>Whether clients write it or listen to it while the session runs. Neither by default.</summary>
    [Id(4)]
    public ExternalDirection External { get; init; }

    /// <summary>
    /// Whether what clients write is kept as long as the session, so that each attempt gets all of it again; only where they write
    /// it, and required there for a session with <see cref="SessionSpec.Retry"/>. False by default: what all readers have is let go.
    /// </summary>
    [Id(5)]
    public bool Record { get; init; }

    /// <summary>
    /// How long after the last call of a writer its clients count as lost, of a channel that they write; 1 second to a day.
    /// <see langword="null"/>, the default, is a minute.
    /// </summary>
    [Id(6)]
    public TimeSpan? WriterTimeout { get; init; }

    /// <summary>
    /// What becomes of a channel that clients write when they are lost. <see langword="null"/>, the default, is
    /// <see cref="WriterLostPolicy.End"/>.
    /// </summary>
    [Id(7)]
    public WriterLostPolicy? OnWriterLost { get; init; }
}
