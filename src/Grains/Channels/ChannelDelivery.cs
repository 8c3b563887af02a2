using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Channels;

/// <summary>A run of items of one writer on one channel, for one reader.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.channel-delivery")]
public sealed record ChannelDelivery
{
    /// <summary>What all deliveries to those who listen have in common.</summary>
    /// <param name="tap">Where they go.</param>
    /// <param name="writer">The writing end.</param>
    /// <param name="epoch">The attempt.</param>
    /// <param name="channel">The channel's name.</param>
    /// <param name="first">The first item's number.</param>
    public static ChannelDelivery ToTap(ChannelEnd tap, SubSessionKey writer, int epoch, string channel, long first) => new()
    {
        Reader = new(writer.SessionId, tap.Name),
        Epoch = epoch,
        Channel = channel,
        Producer = writer.Node,
        FirstSequence = first,
        Items = [],
    };

    /// <summary>The reader.</summary>
    [Id(0)]
    public required SubSessionKey Reader { get; init; }

    /// <summary>The attempt of both; the first is 1.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>The channel's name.</summary>
    [Id(2)]
    public required string Channel { get; init; }

    /// <summary>The writing end's name.</summary>
    [Id(3)]
    public required string Producer { get; init; }

    /// <summary>
    /// The first item's number among all that this producer wrote to this channel, from 0. Readers drop what they have
    /// seen, so that a delivery may be repeated.
    /// </summary>
    [Id(4)]
    public required long FirstSequence { get; init; }

    /// <summary>The items, in the order they were written.</summary>
    [Id(5)]
    public required ImmutableArray<Payload> Items { get; init; }

    /// <summary>Whether the producer writes nothing after these items.</summary>
    [Id(6)]
    public bool Ended { get; init; }

    /// <summary>The place in a trace of whoever wrote; <see langword="null"/> where none is kept.</summary>
    [Id(7)]
    public string? Trace { get; init; }
}
