using System.Collections.Immutable;

namespace BlueEdge.Gateway.DeadLetters;

/// <summary>The items a session failed on.</summary>
internal sealed record DeadLettersData
{
    /// <summary>At most one for each engine, in the order of the request.</summary>
    public required ImmutableArray<DeadLetterResponse> DeadLetters { get; init; }
}
