using System.Collections.Immutable;

namespace BlueEdge.Sessions;

/// <summary>One engine's part in a session: which engine, and what its ports are linked to.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.node-spec")]
public sealed record NodeSpec
{
    /// <summary>The node's name, unique in its session; several nodes may use one engine.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The engine's id.</summary>
    [Id(1)]
    public required string Engine { get; init; }

    /// <summary>Where its inputs come from. Empty by default.</summary>
    [Id(2)]
    public ImmutableArray<PortLinkSpec> Inputs { get; init; } = [];

    /// <summary>Where its outputs go. An output left out goes nowhere. Empty by default.</summary>
    [Id(3)]
    public ImmutableArray<PortLinkSpec> Outputs { get; init; } = [];
}
