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

    /// <summary>At most so many items; 1,000 by default.</summary>
    [Id(2)]
    public int Limit { get; init; } = 1_000;

    /// <summary>A page also ends with the item that fills so many bytes; 4 MB by default.</summary>
    [Id(3)]
    public int Bytes { get; init; } = 4 * 1024 * 1024;
}
