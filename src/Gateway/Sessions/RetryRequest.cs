namespace BlueEdge.Gateway.Sessions;

/// <summary>When to run again after an engine failed or its instance was lost.</summary>
internal sealed record RetryRequest
{
    /// <summary>Further attempts, 0 to 100.</summary>
    public required int Attempts { get; init; }

    /// <summary>Seconds before each, up to a day; 0 by default.</summary>
    public double BackoffSeconds { get; init; }
}
