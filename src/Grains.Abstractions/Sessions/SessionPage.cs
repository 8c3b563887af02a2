using System.Collections.Immutable;

namespace BlueEdge.Sessions;

/// <summary>Some sessions, the newest first.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-page")]
public sealed record SessionPage
{
    /// <summary>The sessions, each as it was when read. Fewer than asked for do not mean that there are no more.</summary>
    [Id(0)]
    public required ImmutableArray<SessionSnapshot> Sessions { get; init; }

    /// <summary>Where the next page begins; <see langword="null"/> where this is the last.</summary>
    [Id(1)]
    public string? NextCursor { get; init; }
}
