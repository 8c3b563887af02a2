namespace BlueEdge.Grains.Scaling;

/// <summary>What sessions want of an engine now, for those who start and end instances of it.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.engine-load")]
public sealed record EngineLoad
{
    /// <summary>The engine's id.</summary>
    [Id(0)]
    public required string Engine { get; init; }

    /// <summary>Nodes of sessions that wait for a slot of it: a session that needs three slots counts three.</summary>
    [Id(1)]
    public required int Waiting { get; init; }

    /// <summary>Nodes that hold a slot of it.</summary>
    [Id(2)]
    public required int Working { get; init; }

    /// <summary>How many slots one instance has, as its newest definition says; 0 where it has none.</summary>
    [Id(3)]
    public required int Slots { get; init; }

    /// <summary>The slots that are wanted in all. What works is never counted as free.</summary>
    public int Demand => Waiting + Working;
}
