using System.Collections.Immutable;

namespace BlueEdge.Gateway.Sessions;

/// <summary>One engine's part in a session.</summary>
internal sealed record NodeRequest
{
    /// <summary>Which engine; GET /api/v1/engines lists them.</summary>
    public required string Id { get; init; }

    /// <summary>Unique in the session; the engine's id where it is left out.</summary>
    public string? Name { get; init; }

    /// <summary>Where its inputs come from.</summary>
    public ImmutableArray<LinkRequest> Inputs { get; init; } = [];

    /// <summary>Where its outputs go; one left out goes nowhere.</summary>
    public ImmutableArray<LinkRequest> Outputs { get; init; } = [];
}
