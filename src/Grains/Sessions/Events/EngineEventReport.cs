using System.Collections.Immutable;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>What one node's engine has said since its report before; sent by its engine instance to its session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.engine-event-report")]
public sealed record EngineEventReport
{
    /// <summary>The node's name.</summary>
    [Id(0)]
    public required string Node { get; init; }

    /// <summary>The attempt that it was said in.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>How many events of this node and attempt were reported before: of a report that comes twice none is noted twice.</summary>
    [Id(2)]
    public required long First { get; init; }

    /// <summary>The events, in the order in which they were said.</summary>
    [Id(3)]
    public required ImmutableArray<EngineEvent> Events { get; init; }
}
