using BlueEdge.Channels;

namespace BlueEdge.DeadLetters;

/// <summary>An item that an engine had in hand when it failed for good.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.dead-letter")]
public sealed record DeadLetter
{
    /// <summary>The node whose engine failed.</summary>
    [Id(0)]
    public required string Node { get; init; }

    /// <summary>The attempt that failed; the first is 1.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>The channel that the item came by.</summary>
    [Id(2)]
    public required string Channel { get; init; }

    /// <summary>The node that wrote it; empty for start data.</summary>
    [Id(3)]
    public required string Producer { get; init; }

    /// <summary>Its number among all that this producer wrote to the channel, from 0.</summary>
    [Id(4)]
    public required long Sequence { get; init; }

    /// <summary>Its content.</summary>
    [Id(5)]
    public required Payload Payload { get; init; }

    /// <summary>What the engine failed with; <see langword="null"/> while it has the item in hand.</summary>
    [Id(6)]
    public string? Error { get; init; }
}
