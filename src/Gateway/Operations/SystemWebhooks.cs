namespace BlueEdge.Gateway.Operations;

/// <summary>What webhooks have yet to deliver.</summary>
internal sealed record SystemWebhooks
{
    /// <summary>Webhooks in memory that have events to deliver, after a try that failed or took long; null where a silo did not say within 2 s.</summary>
    public required long? Behind { get; init; }

    /// <summary>Sessions of which a webhook has yet to take an event, or to write down that it will; at most 1,000 are counted.</summary>
    public required int UntoldSessions { get; init; }
}
