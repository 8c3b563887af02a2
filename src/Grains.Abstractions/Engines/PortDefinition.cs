using BlueEdge.Channels;

namespace BlueEdge.Engines;

/// <summary>One of an engine's own ports.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.port-definition")]
public sealed record PortDefinition
{
    /// <summary>The engine's name for it; unique among its inputs, or among its outputs.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What its items are.</summary>
    [Id(1)]
    public required ChannelType Type { get; init; }

    /// <summary>Whether a session may leave it unlinked. Always true for outputs.</summary>
    [Id(2)]
    public bool Optional { get; init; }

    /// <summary>A sentence for people, or <see langword="null"/>.</summary>
    [Id(3)]
    public string? Description { get; init; }

    /// <summary>Whether large JSON items of an input come as references, as all other large items do.</summary>
    [Id(4)]
    public bool ByReference { get; init; }
}
