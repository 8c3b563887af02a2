using BlueEdge.Engines;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>One engine: the slots it has, the sessions that wait for it, and what has been promised of it.</summary>
internal sealed class EngineState(string id, PendingSessions sessions)
{
    public string Id => id;

    /// <summary>Null for an engine that sessions ask for and that neither joined nor was registered, or was forgotten.</summary>
    public EngineDefinition? Definition { get; set; }

    public EngineSupply Supply { get; } = new();

    /// <summary>Sessions that were passed over too often, oldest first: they come before the others.</summary>
    public OrderedQueue Starving { get; } = new(sessions, byRank: false, withThresholds: false);

    /// <summary>The other sessions, by rank, then age; each with the number of starts at which it is starving.</summary>
    public OrderedQueue Regular { get; } = new(sessions, byRank: true, withThresholds: true);

    /// <summary>How many sessions ever started on it.</summary>
    public long Starts { get; set; }

    /// <summary>Nodes of sessions that wait.</summary>
    public int WaitingNodes { get; set; }

    /// <summary>Nodes that hold a lease.</summary>
    public int LeasedNodes { get; set; }

    /// <summary>Attempts that hold a lease and are not confirmed.</summary>
    public int Queuing { get; set; }

    /// <summary>The shapes that contain it.</summary>
    public HashSet<Shape> Shapes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The shapes that wait for its slots.</summary>
    public ParkingLot Lot { get; } = new();

    /// <summary>The shapes that contain it, have starving sessions, and could be served by the instances there are.</summary>
    public IndexedHeap<Shape> Claims { get; } = new(ServiceOrder.Default);

    /// <summary>The shape for which freed slots gather, or null.</summary>
    public Shape? Claimant { get; set; }

    /// <summary>How many slots are kept for the claimant.</summary>
    public int Claimed { get; set; }

    /// <summary>Free slots that are not kept for a starving session.</summary>
    public int Available => Math.Max(0, Supply.Free - Claimed);

    /// <summary>Whether more became available since the last match.</summary>
    public bool Touched { get; set; }
}
