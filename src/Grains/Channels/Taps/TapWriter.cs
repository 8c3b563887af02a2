namespace BlueEdge.Grains.Channels.Taps;

/// <summary>A node that writes to a channel, for those who listen to that.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.tap-writer")]
public sealed record TapWriter
{
    /// <summary>The node's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The key of its instance's grain.</summary>
    [Id(1)]
    public required string Instance { get; init; }

    /// <summary>Whether it is over.</summary>
    [Id(2)]
    public required bool IsOver { get; init; }
}
