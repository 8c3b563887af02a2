namespace BlueEdge.Scheduling;

/// <summary>An engine that a pending session waits for.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.engine-shortage")]
public sealed record EngineShortage
{
    /// <summary>The engine's id.</summary>
    [Id(0)]
    public required string Engine { get; init; }

    /// <summary>How many slots the session needs beyond those free now; 0 where only its turn is missing.</summary>
    [Id(1)]
    public required int LackingSlots { get; init; }

    /// <summary>How many instances of the engine take sessions now; 0 says that none exists.</summary>
    [Id(2)]
    public required int Instances { get; init; }

    /// <summary>How many slots the session needs at once.</summary>
    [Id(3)]
    public int NeededSlots { get; init; }

    /// <summary>How many slots those instances have together, free or not; where it needs more, it waits for others to join.</summary>
    [Id(4)]
    public int Slots { get; init; }

    /// <summary>How many slots the session's tenant may hold at once, where it is that for which it waits; else <see langword="null"/>.</summary>
    [Id(5)]
    public int? TenantSlots { get; init; }
}
