namespace BlueEdge.Soak.History;

/// <summary>One HTTP call.</summary>
internal sealed record Call
{
    /// <summary>Method and path.</summary>
    public required string Name { get; init; }

    public required string Gateway { get; init; }

    public required TimeSpan Began { get; init; }

    public required TimeSpan Ended { get; init; }

    /// <summary>The status code; 0 where there was no answer.</summary>
    public int Code { get; init; }

    public bool HasRetryAfter { get; init; }

    /// <summary>The session's number, where it is about one.</summary>
    public int? Session { get; init; }

    /// <summary>What an error said, or the connection's failure.</summary>
    public string? Message { get; init; }
}
