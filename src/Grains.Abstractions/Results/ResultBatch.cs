using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Results;

/// <summary>What a channel has beyond a place, for those who follow it.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.result-batch")]
public sealed record ResultBatch
{
    /// <summary>The attempt that wrote the items; a newer one begins again at offset 0.</summary>
    [Id(0)]
    public required int Epoch { get; init; }

    /// <summary>The place of the first item.</summary>
    [Id(1)]
    public required long Offset { get; init; }

    /// <summary>The items, in order; empty where none came in time.</summary>
    [Id(2)]
    public required ImmutableArray<Payload> Items { get; init; }

    /// <summary>Whether nothing will follow: the session has ended, and these were the last.</summary>
    [Id(3)]
    public required bool IsLast { get; init; }

    /// <summary>Whether items before these, and not before the place that was asked for, are not to be had any more.</summary>
    [Id(4)]
    public bool HasGap { get; init; }

    /// <summary>How many; <see langword="null"/> where nobody knows any more, or there is no gap.</summary>
    [Id(5)]
    public long? Missed { get; init; }
}
