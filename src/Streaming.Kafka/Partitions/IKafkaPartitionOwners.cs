namespace Streaming.Kafka;

/// <summary>
/// Says which silo reads each partition. Every silo asks its own instance; while two disagree for a moment, a partition is
/// read twice or not at all, and nothing is lost.
/// </summary>
public interface IKafkaPartitionOwners
{
    /// <summary>Raised, on any thread, after an owner changed: each silo then takes up and gives up partitions at once.</summary>
    event EventHandler? Changed;

    /// <summary>The silo that reads a partition, or <see langword="null"/> where nobody is to read it. Called from any thread, often; it must answer from memory.</summary>
    SiloAddress? GetOwner(int partition);
}
