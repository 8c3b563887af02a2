namespace BlueEdge.Gateway.Operations;

/// <summary>Kafka, which engine hosts alone speak to: how it fares is among their metrics.</summary>
internal sealed record SystemKafka
{
    /// <summary>Whether an engine host exchanges items through it.</summary>
    public required bool Used { get; init; }
}
