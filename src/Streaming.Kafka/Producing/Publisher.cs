using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Streaming.Kafka.Messages;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka.Producing;

/// <summary>
/// Gathers the events of each stream into containers and sends them. A write is done when all replicas in sync have its
/// events. Beyond a number of bytes under way writes wait, in the order they came.
/// </summary>
internal sealed class Publisher : IDisposable
{
    // What a message has beside envelope and events: header names, the trace, and Kafka's own fields.
    private const int MessageOverhead = 512;

    private readonly KafkaStreamOptions _options;
    private readonly KafkaProducer _producer;
    private readonly KafkaStreamMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly OutgoingPartition[] _partitions;
    private readonly Lock _gate = new();
    private readonly Queue<Write> _waiting = [];
    private readonly ITimer _linger;
    private long _pending;
    private bool _lingering;

    public Publisher(KafkaStreamOptions options, KafkaProducer producer, KafkaStreamMetrics metrics, TimeProvider clock)
    {
        (_options, _producer, _metrics, _clock) = (options, producer, metrics, clock);
        _partitions = [.. Enumerable.Range(0, options.PartitionCount).Select(_ => new OutgoingPartition(options.BatchBytes))];
        using (ExecutionContext.SuppressFlow())
        {
            _linger = clock.CreateTimer(_ => SendOpen(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Writes events of one stream, which keep their order, also with writes that are not awaited.</summary>
    /// <exception cref="KafkaStreamException">An event is too large, or the broker did not acknowledge it in time.</exception>
    public Task WriteAsync(int partition, StreamId stream, List<EventBytes> events, ReadOnlyMemory<byte> context)
    {
        foreach (var each in events)
        {
            ThrowIfTooLarge(each.Bytes.Length + stream.FullKey.Length + context.Length + MessageOverhead, each.Bytes.Length, stream);
        }

        if (events.Count == 0)
        {
            return Task.CompletedTask;
        }

        var write = new Write(partition, stream, events, context);
        bool isFull;
        lock (_gate)
        {
            if (_waiting.Count > 0 || !HasRoomFor(write))
            {
                _waiting.Enqueue(write);
                return write.Task;
            }

            isFull = Admit(write);
        }

        if (isFull)
        {
            Send(_partitions[partition], alsoOpen: false);
        }

        return write.Task;
    }

    /// <summary>Sends what is gathered; the producer, which is ended after this, waits for it.</summary>
    public void Dispose()
    {
        _linger.Dispose();
        SendOpen();
    }

    private void ThrowIfTooLarge(int size, int eventSize, StreamId stream)
    {
        if (size > _options.MaxMessageBytes)
        {
            throw new KafkaStreamException(string.Create(
                CultureInfo.InvariantCulture,
                $"An event of {eventSize:N0} bytes for stream '{stream}' does not fit into a message: with its envelope it has {size:N0}, and MaxMessageBytes is {_options.MaxMessageBytes:N0}. Put the data elsewhere and send a reference, or raise MaxMessageBytes and the topic's max.message.bytes."));
        }
    }

    // One write goes alone however large it is.
    private bool HasRoomFor(Write write) => _pending == 0 || _pending + write.Size <= _options.MaxPendingBytes;

    /// <summary>Takes a write in; says whether something is to be sent now.</summary>
    private bool Admit(Write write)
    {
        var partition = _partitions[write.Partition];
        _pending += write.Size;
        partition.Add(write);
        if (_options.Linger == TimeSpan.Zero)
        {
            return true;
        }

        if (!_lingering && partition.HasOpen)
        {
            _lingering = true;
            _linger.Change(_options.Linger, Timeout.InfiniteTimeSpan);
        }

        return partition.HasFull;
    }

    private void SendOpen()
    {
        List<OutgoingPartition> partitions;
        lock (_gate)
        {
            _lingering = false;
            partitions = [.. _partitions.Where(partition => partition.HasOpen || partition.HasFull)];
        }

        partitions.ForEach(partition => Send(partition, alsoOpen: true));
    }

    private void Send(OutgoingPartition partition, bool alsoOpen)
    {
        lock (partition.Sending)
        {
            List<OutgoingContainer> containers;
            lock (_gate)
            {
                containers = partition.Take(alsoOpen || _options.Linger == TimeSpan.Zero);
            }

            containers.ForEach(Send);
        }
    }

    private void Send(OutgoingContainer container)
    {
        var sent = _clock.GetTimestamp();
        var activity = KafkaStreamTraces.StartPublish(_options.Topic, container);
        try
        {
            var message = new Message<byte[]?, byte[]> { Value = container.ToValue(), Headers = new() { { Envelope.Header, container.ToEnvelope() } } };
            KafkaStreamTraces.Inject(message.Headers, activity?.Context ?? container.Trace);
            _producer.Produce(
                new(_options.Topic, container.Partition),
                message,
                report => OnReport(container, report.Error.IsError ? new ProduceException<byte[]?, byte[]>(report.Error, report) : null, sent, activity));
        }
        catch (Exception error)
        {
            OnReport(container, error, sent, activity);
        }
    }

    private void OnReport(OutgoingContainer container, Exception? error, long sent, Activity? activity)
    {
        _metrics.Published(container, error is null, _clock.GetElapsedTime(sent));
        KafkaStreamTraces.Stop(activity, error);
        if (error is null)
        {
            container.Acknowledge();
        }
        else
        {
            container.Fail(new KafkaStreamException(
                $"Events of stream '{container.Stream}' were not acknowledged by partition {container.Partition} of topic '{_options.Topic}': {error.Message} They may have arrived all the same. Write them again once the brokers answer.",
                error));
        }

        Release(container.Size);
    }

    private void Release(long size)
    {
        HashSet<OutgoingPartition>? full = null;
        lock (_gate)
        {
            _pending -= size;
            while (_waiting.TryPeek(out var next) && HasRoomFor(next))
            {
                if (Admit(_waiting.Dequeue()))
                {
                    (full ??= []).Add(_partitions[next.Partition]);
                }
            }
        }

        foreach (var partition in full ?? [])
        {
            Send(partition, alsoOpen: false);
        }
    }
}
