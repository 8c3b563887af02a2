using BlueEdge.Channels;

namespace BlueEdge.Sessions;

/// <summary>Links one of an engine's ports to a channel of the session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.port-link-spec")]
public sealed record PortLinkSpec
{
    /// <summary>The engine's name of the port.</summary>
    [Id(0)]
    public required string Port { get; init; }

    /// <summary>The type that the caller believes the port has, or <see langword="null"/> where it was left out.</summary>
    [Id(1)]
    public ChannelType? Type { get; init; }

    /// <summary>The channel's name.</summary>
    [Id(2)]
    public required string Channel { get; init; }
}
