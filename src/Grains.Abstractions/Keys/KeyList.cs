using System.Collections.Immutable;

namespace BlueEdge.Keys;

/// <summary>Which keys there are.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.key-list")]
public sealed record KeyList
{
    /// <summary>Another one after each change.</summary>
    [Id(0)]
    public required Guid Version { get; init; }

    /// <summary>All of them, the oldest first; <see langword="null"/> where they are those that the caller knows.</summary>
    [Id(1)]
    public ImmutableArray<ApiKey>? Keys { get; init; }
}
