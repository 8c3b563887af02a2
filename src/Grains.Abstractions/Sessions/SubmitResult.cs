using System.Collections.Immutable;
using BlueEdge.Validation;

namespace BlueEdge.Sessions;

/// <summary>The answer to a submission: a session, or all that is wrong with the spec.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.submit-result")]
public sealed record SubmitResult
{
    /// <summary>What became of it.</summary>
    [Id(0)]
    public required SubmitOutcome Outcome { get; init; }

    /// <summary>The session where accepted, new or already there; <see langword="null"/> otherwise.</summary>
    [Id(1)]
    public SessionSnapshot? Session { get; init; }

    /// <summary>Every fault where invalid; empty otherwise.</summary>
    [Id(2)]
    public ImmutableArray<Fault> Faults { get; init; } = [];
}
