using BlueEdge.Grains.Engines;

namespace BlueEdge.Grains.Scheduling;

/// <summary>A slot of an engine instance, given to one node of a session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.lease")]
public readonly record struct Lease
{
    /// <summary>The engine's id.</summary>
    [Id(0)]
    public required string Engine { get; init; }

    /// <summary>The instance's id: the key of its grain (see <see cref="EngineInstanceKey"/>).</summary>
    [Id(1)]
    public required string Instance { get; init; }
}
