namespace BlueEdge.Grains.Scheduling;

/// <summary>How many slots of one engine a session needs.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.engine-demand")]
public readonly record struct EngineDemand
{
    /// <summary>The engine's id.</summary>
    [Id(0)]
    public required string Engine { get; init; }

    /// <summary>At least 1; each engine is listed once a session.</summary>
    [Id(1)]
    public required int Slots { get; init; }
}
