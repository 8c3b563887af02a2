using System.Collections.Immutable;

namespace BlueEdge.Grains.Scaling;

/// <summary>The loads of engines that changed since somebody last heard of them.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.load-report")]
public sealed record LoadReport
{
    /// <summary>To be named with the next question; grows with each change, also over a restart of the scheduler.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>Whether these are all there are: what was heard before holds no more.</summary>
    [Id(1)]
    public required bool IsWhole { get; init; }

    /// <summary>The loads, each engine at most once.</summary>
    [Id(2)]
    public required ImmutableArray<EngineLoad> Engines { get; init; }
}
