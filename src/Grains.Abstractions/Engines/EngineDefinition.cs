using System.Collections.Immutable;

namespace BlueEdge.Engines;

/// <summary>A kind of processing: what its author declares and every session that uses it relies on.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.engine-definition")]
public sealed record EngineDefinition
{
    /// <summary>The id that sessions name.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>A name for people; the id unless given.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>The version of the assembly that declares it.</summary>
    [Id(2)]
    public required string Version { get; init; }

    /// <summary>Its inputs, in the order declared.</summary>
    [Id(3)]
    public required ImmutableArray<PortDefinition> Inputs { get; init; }

    /// <summary>Its outputs, in the order declared. Every engine has <c>Status</c>, declared or not.</summary>
    [Id(4)]
    public required ImmutableArray<PortDefinition> Outputs { get; init; }

    /// <summary>How many sub-sessions one instance runs at once. At least 1; 1 by default.</summary>
    [Id(5)]
    public required int Slots { get; init; }

    /// <summary>
    /// Whether a sub-session finishes by itself once all writers of its inputs have ended and it has processed what
    /// came. True by default; an engine that says false sends <c>finish</c> on Status.
    /// </summary>
    [Id(6)]
    public bool FinishesByItself { get; init; } = true;
}
