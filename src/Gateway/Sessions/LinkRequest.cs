using BlueEdge.Gateway.Channels;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Links one of an engine's ports to a channel.</summary>
internal sealed record LinkRequest
{
    /// <summary>The engine's own name of the port.</summary>
    public required string Name { get; init; }

    /// <summary>What its items are: that of the port and of the channel.</summary>
    [ChannelTypeNames]
    public string? Type { get; init; }

    /// <summary>The channel's name.</summary>
    public required string LinkTo { get; init; }
}
