using System.Collections.Immutable;

namespace BlueEdge.Sessions.Events;

/// <summary>What a silo's ring has told since a place.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.news-page")]
public sealed record NewsPage
{
    /// <summary>Where to read on.</summary>
    [Id(0)]
    public required NewsPlace Place { get; init; }

    /// <summary>Whether nothing is missing between the place that was asked for and the first of the news; nobody knows how much where there is.</summary>
    [Id(1)]
    public required bool IsWhole { get; init; }

    /// <summary>The news, those of each session in their order.</summary>
    [Id(2)]
    public required ImmutableArray<SessionNews> News { get; init; }
}
