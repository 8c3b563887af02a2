using Orleans.Placement;

namespace BlueEdge.Grains.Placement;

/// <summary>Has a grain live on the silo that its key names, and nowhere else.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PinnedToSiloAttribute() : PlacementAttribute(PinnedToSilo.Instance);
