using System.Collections.Immutable;
using BlueEdge.Results;
using BlueEdge.Validation;

namespace BlueEdge.Sessions;

/// <summary>The answer to a submission: a session, or all that is wrong with the spec.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.submit-result")]
public sealed record SubmitResult
{
    /// <summary>A page can have 4 MB: more channels could be more than a grain should send at once.</summary>
    public const int MostChannels = 8;

    /// <summary>What became of it.</summary>
    [Id(0)]
    public required SubmitOutcome Outcome { get; init; }

    /// <summary>The session where accepted, new or already there; <see langword="null"/> otherwise.</summary>
    [Id(1)]
    public SessionSnapshot? Session { get; init; }

    /// <summary>The first faults where invalid; empty otherwise.</summary>
    [Id(2)]
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>
    /// The first page of each interested channel, in their order, where <see cref="ISessionGrain.RunAsync"/> saw the end and
    /// there are at most <see cref="MostChannels"/>; otherwise empty, and to be read.
    /// </summary>
    [Id(3)]
    public ImmutableArray<ResultPage> Results { get; init; } = [];

    /// <summary>How many faults there are besides, which are only counted.</summary>
    [Id(4)]
    public int FurtherFaults { get; init; }
}
