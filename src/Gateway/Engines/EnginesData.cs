using System.Collections.Immutable;

namespace BlueEdge.Gateway.Engines;

/// <summary>The list of engines.</summary>
internal sealed record EnginesData
{
    /// <summary>All engines that ever joined or were registered, ordered by id.</summary>
    public required ImmutableArray<EngineResponse> Engines { get; init; }
}
