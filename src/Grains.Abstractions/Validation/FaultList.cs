using System.Collections.Immutable;

namespace BlueEdge.Validation;

/// <summary>What is wrong with a request: the first faults, and how many there are besides.</summary>
public sealed record FaultList
{
    /// <summary>The first 100 faults, in the order in which they were found.</summary>
    public required ImmutableArray<Fault> Listed { get; init; }

    /// <summary>How many more were found, and only counted.</summary>
    public int Further { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => Listed.IsEmpty;
}
