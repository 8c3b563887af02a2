using Orleans.Streams;
using Streaming.Kafka.Messages;
using Streaming.Kafka.Telemetry;
using Streaming.Kafka.Topics;

namespace Streaming.Kafka.Reading;

/// <summary>
/// Hands a partition's messages to the queue's agent. It answers when there are some rather than at once, so that they need
/// not wait for the agent's next look.
/// </summary>
internal sealed class KafkaReceiver(PartitionSession session, TopicGate topics, ConsumerLoop loop, KafkaStreamMetrics metrics, Action onEnd) : IQueueAdapterReceiver
{
    // Now and then the agent must look after idle streams.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private bool _isAttached;

    public Task Initialize(TimeSpan timeout)
    {
        metrics.Add(session.Reader);
        return Task.CompletedTask;
    }

    [Obsolete("Orleans calls the overload with a token.")]
    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (!_isAttached)
        {
            if (!await topics.IsOpenAsync(Patience, cancellationToken))
            {
                return [];
            }

            _isAttached = true;
            loop.Attach(session.Reader, session.Load);
        }

        Checkpoint();
        while (true)
        {
            var read = await session.Reader.TakeAsync(maxCount, Patience, cancellationToken);
            var accepted = session.Cache.Screen(read);
            if (accepted.Count > 0 || read.Count == 0)
            {
                Count(accepted);
                return accepted;
            }
        }
    }

    [Obsolete("Orleans calls the overload with a token.")]
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    /// <summary>Ends reading at once, and writes how far it came.</summary>
    public async Task Shutdown(TimeSpan timeout)
    {
        loop.Detach(session.Reader);
        metrics.Remove(session.Reader);
        session.Cache.Dispose();
        onEnd();
        await session.Checkpoints.FlushAsync(session.Cache.Delivered, timeout);
    }

    private void Checkpoint()
    {
        var delivered = session.Cache.Delivered;
        session.Reader.SetPosition(delivered);
        session.Checkpoints.Advance(delivered);
    }

    private void Count(List<IBatchContainer> accepted)
    {
        var (events, bytes) = (0, 0L);
        foreach (var container in accepted.Cast<KafkaBatchContainer>())
        {
            events += container.Count;
            bytes += container.Value.Length;
        }

        metrics.Read(accepted.Count, events, bytes);
    }
}
