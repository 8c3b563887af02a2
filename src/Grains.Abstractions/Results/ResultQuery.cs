namespace BlueEdge.Results;

/// <summary>Which part of a channel's results to read.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.result-query")]
public sealed record ResultQuery
{
    /// <summary>An interested channel of the session.</summary>
    [Id(0)]
    public required string Channel { get; init; }

    /// <summary>How many items to skip; 0 by default.</summary>
    [Id(1)]
    public long Offset { get; init; }

    /// <summary>At most so many items; 1,000 by default. A page also ends after about 4 MB.</summary>
    [Id(2)]
    public int Limit { get; init; } = 1_000;
}
