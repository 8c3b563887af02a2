namespace BlueEdge.Placement;

/// <summary>The placement of engine instances: their keys are <see cref="Engines.EngineInstanceKey"/>s.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("blueedge.pinned-to-silo")]
internal sealed class PinnedToSilo : PlacementStrategy
{
    public static readonly PinnedToSilo Instance = new();
}
