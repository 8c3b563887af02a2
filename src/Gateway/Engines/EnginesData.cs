using System.Collections.Immutable;

namespace BlueEdge.Gateway.Engines;

/// <summary>The list of engines.</summary>
internal sealed record EnginesData
{
    /// <summary>All engines that ever joined, ordered by id.</summary>
    public required ImmutableArray<EngineResponse> Engines { get; init; }
}
