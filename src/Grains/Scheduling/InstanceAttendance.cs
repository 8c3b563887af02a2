using BlueEdge.Engines;

namespace BlueEdge.Grains.Scheduling;

/// <summary>An engine instance's record that it is there.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.instance-attendance")]
public sealed record InstanceAttendance
{
    /// <summary>The instance's id: the key of its grain.</summary>
    [Id(0)]
    public required string Instance { get; init; }

    /// <summary>What the engine is.</summary>
    [Id(1)]
    public required EngineDefinition Engine { get; init; }

    /// <summary>The silo it lives and dies with.</summary>
    [Id(2)]
    public required SiloAddress Silo { get; init; }

    /// <summary>The host's name, for people.</summary>
    [Id(3)]
    public required string Host { get; init; }

    /// <summary>How many sub-sessions it runs at once.</summary>
    [Id(4)]
    public required int Slots { get; init; }
}
