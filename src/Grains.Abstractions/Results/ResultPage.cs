using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Results;

/// <summary>A part of what was written to an interested channel, in order.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.result-page")]
public sealed record ResultPage
{
    /// <summary>The channel's name.</summary>
    [Id(0)]
    public required string Channel { get; init; }

    /// <summary>The items.</summary>
    [Id(1)]
    public required ImmutableArray<Payload> Items { get; init; }

    /// <summary>How many items the channel held when read.</summary>
    [Id(2)]
    public required long Total { get; init; }

    /// <summary>Where the next page begins, or <see langword="null"/> where this one reached the end.</summary>
    [Id(3)]
    public long? NextOffset { get; init; }
}
