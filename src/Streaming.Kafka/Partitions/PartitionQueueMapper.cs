using System.Globalization;
using Orleans.Streams;

namespace Streaming.Kafka.Partitions;

/// <summary>Queue k of a provider is partition k of its topic.</summary>
internal sealed class PartitionQueueMapper : IStreamQueueMapper
{
    private readonly QueueId[] _queues;
    private readonly IKafkaPartitioner _partitioner;

    public PartitionQueueMapper(string provider, int partitionCount, IKafkaPartitioner partitioner)
    {
        _partitioner = partitioner;
        _queues = [.. Enumerable.Range(0, partitionCount).Select(partition =>
            QueueId.GetQueueId(provider, (uint)partition, unchecked((uint)partition * 2654435761u)))];
    }

    public IEnumerable<QueueId> GetAllQueues() => _queues;

    public QueueId GetQueueForStream(StreamId streamId) => _queues[PartitionOf(streamId)];

    public static int PartitionOf(QueueId queue) => (int)queue.GetNumericId();

    /// <exception cref="KafkaStreamException">The partitioner names a partition that the topic does not have.</exception>
    public int PartitionOf(StreamId stream)
    {
        var partition = _partitioner.GetPartition(stream, _queues.Length);
        return (uint)partition < (uint)_queues.Length
            ? partition
            : throw new KafkaStreamException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_partitioner.GetType().Name} puts stream '{stream}' into partition {partition}; the topic has 0 to {_queues.Length - 1}. Correct the partitioner."));
    }
}
