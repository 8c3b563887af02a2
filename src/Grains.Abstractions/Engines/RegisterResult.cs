using System.Collections.Immutable;
using BlueEdge.Scheduling;
using BlueEdge.Validation;

namespace BlueEdge.Engines;

/// <summary>The answer to a registration: the engine as it is known now, or all that is wrong with the definition.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.register-result")]
public sealed record RegisterResult
{
    /// <summary>What became of it.</summary>
    [Id(0)]
    public required RegisterOutcome Outcome { get; init; }

    /// <summary>The engine, with the definition that counts; <see langword="null"/> where the one given is invalid, or one too many.</summary>
    [Id(1)]
    public EngineSnapshot? Engine { get; init; }

    /// <summary>The first faults where invalid; empty otherwise.</summary>
    [Id(2)]
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>How many faults there are besides, which are only counted.</summary>
    [Id(3)]
    public int FurtherFaults { get; init; }
}
