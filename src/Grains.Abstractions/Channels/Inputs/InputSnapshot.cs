namespace BlueEdge.Channels.Inputs;

/// <summary>A channel that clients write, as it was when read.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.input-snapshot")]
public sealed record InputSnapshot
{
    /// <summary>What its items are.</summary>
    [Id(0)]
    public required ChannelType Type { get; init; }
}
