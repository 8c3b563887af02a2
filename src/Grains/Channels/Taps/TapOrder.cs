using BlueEdge.Channels.Inputs;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>Has a node send what it writes to a channel to those who listen, from now on.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.tap-order")]
public sealed record TapOrder
{
    /// <summary>The node.</summary>
    [Id(0)]
    public required SubSessionKey Writer { get; init; }

    /// <summary>Its attempt.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>The channel.</summary>
    [Id(2)]
    public required string Channel { get; init; }

    /// <summary>Tells one tap of the channel from another that took its place: what went to a former one is not sent again.</summary>
    [Id(3)]
    public required Guid Ring { get; init; }

    /// <summary>Whether a node that is not known there is waited for, as it may be about to begin.</summary>
    [Id(4)]
    public required bool Waits { get; init; }

    /// <summary>Where items go.</summary>
    public ChannelEnd Tap => ChannelEnd.TapOf(new ChannelKey(Writer.SessionId, Channel));
}
