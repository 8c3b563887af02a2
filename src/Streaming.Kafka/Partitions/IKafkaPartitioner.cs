namespace Streaming.Kafka;

/// <summary>Says which partition carries a stream. It must say the same in every process and at all times, for order is kept a partition.</summary>
public interface IKafkaPartitioner
{
    /// <summary>The partition of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="partitionCount">How many partitions the topic has.</param>
    /// <returns>A number from 0 to <paramref name="partitionCount"/> - 1; a write to any other fails.</returns>
    int GetPartition(StreamId stream, int partitionCount);
}
