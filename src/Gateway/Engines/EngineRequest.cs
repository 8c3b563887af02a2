using System.Collections.Immutable;

namespace BlueEdge.Gateway.Engines;

/// <summary>What an engine is, before any instance of it has run.</summary>
internal sealed record EngineRequest
{
    /// <summary>The id that sessions name; that of the address where it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>A name for people; the id where it is left out.</summary>
    public string? Name { get; init; }

    /// <summary>The version of what declares it; 0.0.0 where it is left out.</summary>
    public string? Version { get; init; }

    /// <summary>Its inputs, in their order.</summary>
    public ImmutableArray<EnginePortRequest> Inputs { get; init; } = [];

    /// <summary>Its outputs, in their order. <c>Status</c> is added where it is not among them.</summary>
    public ImmutableArray<EnginePortRequest> Outputs { get; init; } = [];

    /// <summary>How many sub-sessions one instance runs at once; 1 where it is left out.</summary>
    public int? Slots { get; init; }

    /// <summary>Whether a sub-session ends by itself once its inputs have; true where it is left out.</summary>
    public bool? FinishesByItself { get; init; }
}
