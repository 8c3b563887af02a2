using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Streaming.Kafka.Producing;

namespace Streaming.Kafka.Checkpoints;

/// <summary>
/// Writes one owner's progress in a partition, under a key that is this owner's alone. Nobody overwrites another's word, so
/// an owner that has lost the partition without knowing it cannot take back what a later one has written; see
/// <see cref="CheckpointLoad"/>. Not thread-safe.
/// </summary>
internal sealed partial class CheckpointWriter(
    string owner,
    int partition,
    KafkaStreamOptions options,
    KafkaProducer producer,
    CheckpointLoad load,
    TimeProvider clock,
    ILogger<CheckpointWriter> logger)
{
    private long _written = -1;
    private long? _lastWrite;
    private bool _hasForgotten;
    private Task _writing = Task.CompletedTask;

    /// <summary>Writes that everything before an offset was delivered, unless it was written or something was a moment ago.</summary>
    public void Advance(long offset)
    {
        if (offset > _written && _writing.IsCompleted && !(_lastWrite is { } last && clock.GetElapsedTime(last) < options.CheckpointInterval))
        {
            _writing = WriteAsync(offset, CancellationToken.None);
        }
    }

    /// <summary>Writes it now, and waits for it.</summary>
    public async Task FlushAsync(long offset, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout, clock);
        await _writing.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (offset > _written)
        {
            await WriteAsync(offset, patience.Token);
        }
    }

    private async Task WriteAsync(long offset, CancellationToken cancellationToken)
    {
        _lastWrite = clock.GetTimestamp();
        try
        {
            await ProduceAsync(owner, Encoding.ASCII.GetBytes(offset.ToString(CultureInfo.InvariantCulture)), cancellationToken);
            _written = offset;
            await ForgetOthersAsync(cancellationToken);
        }
        catch (Exception error)
        {
            LogNotWritten(error, options.Topic, partition, offset);
        }
    }

    /// <summary>What the owners before have written says no more than this owner's now: compaction may take it away.</summary>
    private async Task ForgetOthersAsync(CancellationToken cancellationToken)
    {
        if (!_hasForgotten && load.Owners is { } owners)
        {
            foreach (var other in owners)
            {
                await ProduceAsync(other, null, cancellationToken);
            }

            _hasForgotten = true;
        }
    }

    // A null value (a tombstone) is allowed by Kafka; the client says otherwise only in its types.
    private Task ProduceAsync(string key, byte[]? value, CancellationToken cancellationToken) => producer
        .ProduceAsync(new(options.CheckpointTopicName, partition), new() { Key = Encoding.UTF8.GetBytes(key), Value = value! }, cancellationToken)
        .WaitAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The progress of partition {Partition} of {Topic}, {Offset}, was not written. The next one contains it.")]
    private partial void LogNotWritten(Exception error, string topic, int partition, long offset);
}
