namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A session that waits: 48 bytes, and no object of its own.</summary>
internal struct PendingSession
{
    public UInt128 Id;

    /// <summary>When it was submitted, in ticks of UTC.</summary>
    public long Ticks;

    /// <summary>What it asks for; null for a free place in the pool.</summary>
    public Shape? Shape;

    public int Rank;

    /// <summary>In a free place of the pool: the next free place.</summary>
    public int Epoch;

    /// <summary>It was passed over too often, and is served before all that are not.</summary>
    public bool Starving;
}
