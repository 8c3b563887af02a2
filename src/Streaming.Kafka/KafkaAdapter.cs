using Orleans.Serialization;
using Orleans.Streams;
using Streaming.Kafka.Messages;
using Streaming.Kafka.Partitions;
using Streaming.Kafka.Producing;
using Streaming.Kafka.Topics;

namespace Streaming.Kafka;

/// <summary>What Orleans calls to write events and to read a queue.</summary>
internal sealed class KafkaAdapter(
    string name,
    KafkaStreamOptions options,
    PartitionQueueMapper mapper,
    TopicGate topics,
    Publisher publisher,
    Func<QueueId, IQueueAdapterReceiver> createReceiver,
    Serializer serializer) : IQueueAdapter
{
    public string Name => name;

    public bool IsRewindable => true;

    public StreamProviderDirection Direction => options.Direction;

    /// <summary>Writes events; done when the brokers have acknowledged all of them.</summary>
    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        try
        {
            if (token is not null)
            {
                throw new KafkaStreamException("A write cannot choose its token: the offset is the token. Write without one.");
            }

            topics.ThrowIfClosed();
            List<EventBytes> bytes = [.. events.Select(each => EventBytes.Of(each, serializer))];
            return publisher.WriteAsync(mapper.PartitionOf(streamId), streamId, bytes, ContextBytes.Of(requestContext, serializer));
        }
        catch (Exception error)
        {
            return Task.FromException(error);
        }
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => createReceiver(queueId);
}
