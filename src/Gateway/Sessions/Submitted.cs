using System.Collections.Immutable;
using BlueEdge.Results;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What became of a submission.</summary>
/// <param name="Refusal">Why it was refused, or <see langword="null"/>.</param>
internal sealed record Submitted(IResult? Refusal)
{
    /// <summary>The session, where it was accepted.</summary>
    public SessionSnapshot? Session { get; init; }

    /// <summary>The first pages of its results, where they came with it.</summary>
    public ImmutableArray<ResultPage> Results { get; init; } = [];

    /// <summary>How much longer the caller waits for the end.</summary>
    public TimeSpan Wait { get; init; }
}
