namespace BlueEdge.Channels;

/// <summary>A node that reads a channel, and the engine instance that it runs on.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.channel-reader")]
internal readonly record struct ChannelReader
{
    [Id(0)]
    public required string Node { get; init; }

    /// <summary>The key of the instance's grain.</summary>
    [Id(1)]
    public required string Instance { get; init; }
}
