using Orleans.Streams;

namespace BlueEdge.ClientStreams;

/// <summary>
/// What a client that only subscribes has of a stream provider: its name, and that its streams can be read again. Silos read the queues,
/// so the client needs neither Kafka's client nor a way to the brokers.
/// </summary>
internal sealed class SubscribingAdapterFactory(string name) : IQueueAdapterFactory, IQueueAdapter
{
    public string Name => name;

    public bool IsRewindable => true;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadOnly;

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => throw ReadsNone();

    public IStreamQueueMapper GetStreamQueueMapper() => throw ReadsNone();

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => throw ReadsNone();

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => throw ReadsNone();

    public Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) =>
        Task.FromException(new NotSupportedException($"Stream {streamId} is written by core silos alone: subscribe to it."));

    private NotSupportedException ReadsNone() => new($"A client reads no queue of streams '{name}': subscribe to them.");
}
