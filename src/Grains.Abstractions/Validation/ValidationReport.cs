using System.Collections.Immutable;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>What a spec would be told if it were submitted.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.validation-report")]
public sealed record ValidationReport
{
    /// <summary>The first faults; empty where it would be accepted.</summary>
    [Id(0)]
    public required ImmutableArray<Fault> Faults { get; init; }

    /// <summary>How many faults there are besides, which are only counted.</summary>
    [Id(1)]
    public int FurtherFaults { get; init; }

    /// <summary>What its caller should know of it, faults or none.</summary>
    [Id(2)]
    public required ImmutableArray<SessionWarning> Warnings { get; init; }
}
