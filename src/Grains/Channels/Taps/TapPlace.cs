namespace BlueEdge.Grains.Channels.Taps;

/// <summary>From where on a node sends to a tap.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.tap-place")]
public sealed record TapPlace
{
    /// <summary>The number of the first item that it sends, among all that it writes to the channel; <see langword="null"/> where the node is not known there.</summary>
    [Id(0)]
    public long? Next { get; init; }

    /// <summary>Whether it writes and sends no more.</summary>
    [Id(1)]
    public bool IsOver { get; init; }
}
