using BlueEdge.Grains.Engines;

namespace BlueEdge.Grains.Placement;

/// <summary>The placement of engine instances: their keys are <see cref="EngineInstanceKey"/>s.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("blueedge.pinned-to-silo")]
internal sealed class PinnedToSilo : PlacementStrategy
{
    public static readonly PinnedToSilo Instance = new();
}
