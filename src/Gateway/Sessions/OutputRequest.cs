using BlueEdge.Gateway.Channels;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What is done with what comes out of an output.</summary>
internal sealed record OutputRequest
{
    /// <summary>What its items are: that of the port.</summary>
    [ChannelTypeNames]
    public required string Type { get; init; }

    /// <summary>Whether it is kept as results.</summary>
    public bool Interested { get; init; }
}
