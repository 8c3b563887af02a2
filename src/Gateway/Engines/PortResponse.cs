using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Gateway.Channels;

namespace BlueEdge.Gateway.Engines;

/// <summary>One port of an engine.</summary>
internal sealed record PortResponse
{
    /// <summary>The engine's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>What its items are.</summary>
    [ChannelTypeNames]
    public required string Type { get; init; }

    /// <summary>Whether a session may leave it unlinked.</summary>
    public required bool Optional { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Description { get; init; }

    /// <summary>True for an input whose large JSON items come to the engine as references; left out otherwise.</summary>
    public bool? ByReference { get; init; }

    public static PortResponse From(PortDefinition port) => new()
    {
        Name = port.Name,
        Type = ChannelTypes.Name(port.Type),
        Optional = port.Optional,
        Description = port.Description,
        ByReference = port.ByReference ? true : null,
    };
}
