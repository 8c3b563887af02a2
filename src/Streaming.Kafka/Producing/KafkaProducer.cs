using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka.Producing;

/// <summary>
/// The one producer of a provider: idempotent, acknowledged by all replicas in sync. Where the client reports a fatal error,
/// after which it would refuse everything, another takes its place.
/// </summary>
internal sealed partial class KafkaProducer(KafkaStreamOptions options, KafkaStreamMetrics metrics, ILogger<KafkaProducer> logger) : IDisposable
{
    // An orderly end waits this long for brokers that do not answer; nobody awaits these writes any more.
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private IProducer<byte[]?, byte[]>? _producer;
    private volatile object? _failed;
    private bool _isEnded;

    /// <summary>Sends a message. Messages of one partition keep their order.</summary>
    public void Produce(TopicPartition partition, Message<byte[]?, byte[]> message, Action<DeliveryReport<byte[]?, byte[]>> onReport)
    {
        // The client does not see to it that none is disposed while another thread calls it: the process would die of that.
        lock (_lock)
        {
            Current().Produce(partition, message, onReport);
        }
    }

    /// <summary>Sends a message and waits until it is acknowledged.</summary>
    public Task ProduceAsync(TopicPartition partition, Message<byte[]?, byte[]> message, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Current().ProduceAsync(partition, message, cancellationToken);
        }
    }

    /// <summary>Waits for what is under way, and ends.</summary>
    public void Dispose()
    {
        IProducer<byte[]?, byte[]>? producer;
        lock (_lock)
        {
            (_isEnded, producer, _producer) = (true, _producer, null);
        }

        producer?.Flush(options.DeliveryTimeout < EndTime ? options.DeliveryTimeout : EndTime);
        producer?.Dispose();
    }

    /// <summary>Called under the lock.</summary>
    private IProducer<byte[]?, byte[]> Current()
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        if (_producer is { } failed && ReferenceEquals(failed, _failed))
        {
            // What is under way in it fails with the fatal error by itself. Disposing waits for its reports, and these may produce.
            _ = Task.Factory.StartNew(failed.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            _producer = null;
        }

        return _producer ??= Build();
    }

    private IProducer<byte[]?, byte[]> Build()
    {
        var config = new ProducerConfig(new Dictionary<string, string>(options.Client, StringComparer.Ordinal))
        {
            // Requests of more than half a megabyte are a burden to the broker's heap, and containers are large already.
            BatchSize = 256 * 1024,

            // The client's own limit is 10 s, which is long after a broker is back.
            ReconnectBackoffMaxMs = 1_000,
        };
        options.ConfigureProducer?.Invoke(config);
        config.BootstrapServers = options.BootstrapServers;
        config.Acks = Acks.All;
        config.EnableIdempotence = true;
        config.AllowAutoCreateTopics = false;
        config.EnableDeliveryReports = true;
        config.MessageMaxBytes = options.MaxMessageBytes;
        config.MessageTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds;

        // Events have lingered already, and the bytes under way are bounded already.
        config.LingerMs = 0;
        config.QueueBufferingMaxMessages = 10_000_000;
        config.QueueBufferingMaxKbytes = (int)Math.Min(int.MaxValue, (2 * options.MaxPendingBytes / 1024) + 65_536);
        return new ProducerBuilder<byte[]?, byte[]>(config)
            .SetKeySerializer(Serializers.ByteArray!)
            .SetValueSerializer(Serializers.ByteArray)
            .SetErrorHandler(OnError)
            .SetLogHandler((_, message) => LogClient(message.Message))
            .Build();
    }

    private void OnError(IProducer<byte[]?, byte[]> producer, Error error)
    {
        metrics.Failed(error.Code);
        LogError(error.Code, error.Reason);
        if (error.IsFatal)
        {
            _failed = producer;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The producer has an error: {Code}, {Reason}. It goes on by itself.")]
    private partial void LogError(Confluent.Kafka.ErrorCode code, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The producer says: {Text}")]
    private partial void LogClient(string text);
}
