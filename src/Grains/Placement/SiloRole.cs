namespace BlueEdge.Grains.Placement;

/// <summary>What part a silo has in a cluster of processes. In the embedded mode one silo has all of them, and is told none.</summary>
public enum SiloRole
{
    /// <summary>It has sessions and their scheduler.</summary>
    Core,

    /// <summary>It has engines.</summary>
    EngineHost,
}
