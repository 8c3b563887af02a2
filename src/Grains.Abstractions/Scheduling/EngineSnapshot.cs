using System.Collections.Immutable;
using BlueEdge.Engines;

namespace BlueEdge.Scheduling;

/// <summary>One engine: what it is, who runs it, and the demand for it.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.engine-snapshot")]
public sealed record EngineSnapshot
{
    /// <summary>Its newest definition. Known from the first instance that ever joined, also while none runs.</summary>
    [Id(0)]
    public required EngineDefinition Definition { get; init; }

    /// <summary>The instances that attend.</summary>
    [Id(1)]
    public required ImmutableArray<InstanceSnapshot> Instances { get; init; }

    /// <summary>Nodes of pending sessions that need it.</summary>
    [Id(2)]
    public required int Waiting { get; init; }

    /// <summary>Nodes that hold a lease of it. Demand for scaling = waiting + working.</summary>
    [Id(3)]
    public required int Working { get; init; }

    /// <summary>When the oldest session that waits for it was submitted, or <see langword="null"/> where none waits.</summary>
    [Id(4)]
    public DateTimeOffset? OldestPendingSince { get; init; }
}
