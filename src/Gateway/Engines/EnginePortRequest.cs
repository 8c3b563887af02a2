using BlueEdge.Gateway.Channels;

namespace BlueEdge.Gateway.Engines;

/// <summary>One port of an engine that is registered.</summary>
internal sealed record EnginePortRequest
{
    /// <summary>The engine's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>What its items are.</summary>
    [ChannelTypeNames]
    public required string Type { get; init; }

    /// <summary>Whether a session may leave an input unlinked; outputs may always be.</summary>
    public bool? Optional { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Description { get; init; }

    /// <summary>Whether large JSON items of an input come to the engine as references.</summary>
    public bool? ByReference { get; init; }
}
