namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>Has what clients write to a channel go to the engines of an attempt.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.input-feed-order")]
public sealed record InputFeedOrder
{
    /// <summary>The channel, and the attempt.</summary>
    [Id(0)]
    public required InputDefinition Definition { get; init; }

    /// <summary>The channel as a writer has it, with those who read it.</summary>
    [Id(1)]
    public required OutputLink Link { get; init; }
}
