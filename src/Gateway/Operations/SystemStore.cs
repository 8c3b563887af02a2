namespace BlueEdge.Gateway.Operations;

/// <summary>What the system keeps its data in.</summary>
internal sealed record SystemStore
{
    /// <summary><c>redis</c>, or <c>sqlite</c> in the embedded mode.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether it answered just now.</summary>
    public required bool Available { get; init; }

    /// <summary>Why it did not; left out where it did.</summary>
    public string? Fault { get; init; }
}
