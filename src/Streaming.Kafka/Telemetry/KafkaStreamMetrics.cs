using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Streaming.Kafka.Producing;
using Streaming.Kafka.Reading;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace Streaming.Kafka.Telemetry;

/// <summary>What one provider does in this process; meter <c>Streaming.Kafka</c>, tagged by provider, gauges also by partition.</summary>
internal sealed class KafkaStreamMetrics
{
    public const string MeterName = "Streaming.Kafka";

    private readonly KeyValuePair<string, object?> _provider;
    private readonly ConcurrentDictionary<PartitionReader, byte> _readers = [];
    private readonly Counter<long> _eventsPublished;
    private readonly Counter<long> _messagesPublished;
    private readonly Counter<long> _bytesPublished;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _publishTime;
    private readonly Counter<long> _eventsRead;
    private readonly Counter<long> _messagesRead;
    private readonly Counter<long> _bytesRead;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _pauses;
    private readonly Counter<long> _errors;

    public KafkaStreamMetrics(string provider, IMeterFactory meters)
    {
        _provider = new("provider", provider);
        var meter = meters.Create(MeterName);
        _eventsPublished = meter.CreateCounter<long>("streaming.kafka.published.events", "{event}", "Events acknowledged by the brokers.");
        _messagesPublished = meter.CreateCounter<long>("streaming.kafka.published.messages", "{message}", "Messages, each with the events of a container, acknowledged by the brokers.");
        _bytesPublished = meter.CreateCounter<long>("streaming.kafka.published.bytes", "By", "Bytes of the events acknowledged.");
        _failures = meter.CreateCounter<long>("streaming.kafka.publish.failures", "{message}", "Messages that were not acknowledged.");
        _publishTime = meter.CreateHistogram<double>("streaming.kafka.publish.duration", "s", "From sending a message to its acknowledgement.");
        _eventsRead = meter.CreateCounter<long>("streaming.kafka.read.events", "{event}", "Events handed to the delivery.");
        _messagesRead = meter.CreateCounter<long>("streaming.kafka.read.messages", "{message}", "Messages handed to the delivery.");
        _bytesRead = meter.CreateCounter<long>("streaming.kafka.read.bytes", "By", "Bytes of the events handed to the delivery.");
        _deadLetters = meter.CreateCounter<long>("streaming.kafka.dead_letters", "{message}", "Messages put into the dead-letter topic, by reason.");
        _dropped = meter.CreateCounter<long>("streaming.kafka.unclaimed", "{message}", "Messages for streams without a subscriber that were dropped.");
        _pauses = meter.CreateCounter<long>("streaming.kafka.pauses", "{pause}", "Times that a partition was paused because its cache was full.");
        _errors = meter.CreateCounter<long>("streaming.kafka.client.errors", "{error}", "Errors that the producer and the consumer told of, by reason.");
        meter.CreateObservableGauge("streaming.kafka.cache.bytes", () => Observe(reader => reader.Bytes), "By", "Bytes that a partition keeps in memory.");
        meter.CreateObservableGauge("streaming.kafka.lag", () => Observe(reader => reader.Lag), "{message}", "Messages of a partition that are not delivered yet.");
    }

    public void Add(PartitionReader reader) => _readers[reader] = 0;

    public void Remove(PartitionReader reader) => _readers.TryRemove(reader, out _);

    public void Published(OutgoingContainer container, bool isAcknowledged, TimeSpan took)
    {
        if (!isAcknowledged)
        {
            _failures.Add(1, _provider);
            return;
        }

        _messagesPublished.Add(1, _provider);
        _eventsPublished.Add(container.Count, _provider);
        _bytesPublished.Add(container.Bytes, _provider);
        _publishTime.Record(took.TotalSeconds, _provider);
    }

    public void Read(int messages, int events, long bytes)
    {
        _messagesRead.Add(messages, _provider);
        _eventsRead.Add(events, _provider);
        _bytesRead.Add(bytes, _provider);
    }

    public void DeadLettered(string reason) => _deadLetters.Add(1, _provider, new("reason", reason));

    public void Dropped() => _dropped.Add(1, _provider);

    public void Paused(int partition) => _pauses.Add(1, _provider, new("partition", partition));

    /// <summary>The client told of an error, which it mostly mends by itself.</summary>
    public void Failed(ErrorCode code) => _errors.Add(1, _provider, new("reason", Enum.IsDefined(code) ? code.ToString() : nameof(ErrorCode.Unknown)));

    private IEnumerable<Measurement<long>> Observe(Func<PartitionReader, long> value) =>
        _readers.Keys.Select(reader => new Measurement<long>(value(reader), _provider, new("partition", reader.Partition)));
}
