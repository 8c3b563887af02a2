namespace BlueEdge.Grains.Channels.Taps;

/// <summary>Who writes to a channel, for those who listen to that: a node, or clients.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.tap-writer")]
public sealed record TapWriter
{
    /// <summary>The node's name, or that of the clients.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The key of the node's instance's grain; <see langword="null"/> for clients, whose items the channel's own grain has.</summary>
    [Id(1)]
    public required string? Instance { get; init; }

    /// <summary>Whether it is over.</summary>
    [Id(2)]
    public required bool IsOver { get; init; }
}
