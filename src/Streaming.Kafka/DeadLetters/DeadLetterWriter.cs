using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Streaming.Kafka.Messages;
using Streaming.Kafka.Producing;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka.DeadLetters;

/// <summary>Keeps what could not be delivered in a topic: the message as it was, with headers that say where it came from and why it is there.</summary>
internal sealed partial class DeadLetterWriter(
    KafkaStreamOptions options, KafkaProducer producer, KafkaStreamMetrics metrics, TimeProvider clock, ILogger<DeadLetterWriter> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Writes a message whose subscriber did not take it. Returns when it is safe; goes on trying until then.</summary>
    /// <exception cref="OperationCanceledException">The queue ends; its next owner delivers the message again.</exception>
    public Task WriteFailedAsync(int partition, KafkaBatchContainer container, string error, CancellationToken cancellationToken) =>
        WriteAsync(partition, container, "failed", error, cancellationToken);

    /// <summary>Writes a message that nobody is subscribed to, or that cannot be read. Says whether it is safe; it is not where the queue ended before.</summary>
    public async Task<bool> TryWriteUnclaimedAsync(int partition, KafkaBatchContainer container, CancellationToken cancellationToken)
    {
        try
        {
            await (container.Source?.Fault is { } fault
                ? WriteAsync(partition, container, "unreadable", fault, cancellationToken)
                : WriteAsync(partition, container, "unclaimed", "No grain is subscribed to the stream.", cancellationToken));
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task WriteAsync(int partition, KafkaBatchContainer container, string reason, string error, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await producer.ProduceAsync(
                    new(options.DeadLetterTopicName, 0), ToMessage(partition, container, reason, error), CancellationToken.None).WaitAsync(cancellationToken);
                metrics.DeadLettered(reason);
                LogWritten(container.StreamId, options.Topic, partition, container.Offset, error);
                return;
            }
            catch (KafkaException failure)
            {
                LogNotWritten(failure, options.Topic, partition, container.Offset);
            }

            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    private Message<byte[]?, byte[]> ToMessage(int partition, KafkaBatchContainer container, string reason, string error)
    {
        var headers = new Headers();
        foreach (var header in container.Source?.Headers ?? [])
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        Add(DeadLetterHeaders.Stream, container.StreamId.ToString());
        Add(DeadLetterHeaders.Topic, options.Topic);
        Add(DeadLetterHeaders.Partition, partition.ToString(CultureInfo.InvariantCulture));
        Add(DeadLetterHeaders.Offset, container.Offset.ToString(CultureInfo.InvariantCulture));
        Add(DeadLetterHeaders.Reason, reason);
        Add(DeadLetterHeaders.Error, error);
        return new() { Headers = headers, Value = container.Value };

        void Add(string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of stream {Stream} at {Topic}/{Partition}/{Offset} is now a dead letter: {Error}")]
    private partial void LogWritten(StreamId stream, string topic, int partition, long offset, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message at {Topic}/{Partition}/{Offset} could not be put into the dead-letter topic. It is tried again; its stream waits.")]
    private partial void LogNotWritten(Exception error, string topic, int partition, long offset);
}
