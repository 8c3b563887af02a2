namespace BlueEdge.Soak.History;

/// <summary>A session that is submitted, and what is to become of it.</summary>
internal sealed record PlannedSession
{
    /// <summary>From 0, in the order of submission. Its nodes' names and its items have it.</summary>
    public required int Number { get; init; }

    public required string Kind { get; init; }

    /// <summary>The route under <c>/api/v1</c>.</summary>
    public required string Route { get; init; }

    public required string Body { get; init; }

    public required ExpectedEnd Expected { get; init; }

    /// <summary>The idempotency key: it is sent again until it is answered.</summary>
    public string? Key { get; init; }

    /// <summary>Whether it is sent twice at once.</summary>
    public bool IsSentTwice { get; init; }

    /// <summary>Attempts after the first.</summary>
    public int Retries { get; init; }

    /// <summary>How long after its submission it is stopped.</summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>How long its submission waits for the end.</summary>
    public int WaitSeconds { get; init; }
}
