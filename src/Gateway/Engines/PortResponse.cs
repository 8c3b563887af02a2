using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Gateway.Engines;

/// <summary>One port of an engine.</summary>
internal sealed record PortResponse
{
    /// <summary>The engine's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>JSON, Image, Video or File.</summary>
    public required string Type { get; init; }

    /// <summary>Whether a session may leave it unlinked.</summary>
    public required bool Optional { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Description { get; init; }

    public static PortResponse From(PortDefinition port) => new()
    {
        Name = port.Name,
        Type = port.Type is ChannelType.Json ? "JSON" : port.Type.ToString(),
        Optional = port.Optional,
        Description = port.Description,
    };
}
