using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Streaming.Kafka.Checkpoints;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka.Reading;

/// <summary>
/// The one consumer of a provider in this process, with a thread of its own that reads all partitions the process owns. What
/// changes its position or its partitions is done by that thread, between two messages.
/// </summary>
internal sealed partial class ConsumerLoop(KafkaStreamOptions options, string group, KafkaStreamMetrics metrics, ILogger<ConsumerLoop> logger) : IDisposable
{
    // How long a change may wait for the thread when there is nothing to read.
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(10);

    // Rather than Offset.Beginning, which is first asked of the broker, and asked again only half a second later where the
    // client does not know the partition's leader yet. Where the log begins later the client goes there.
    private static readonly Offset Beginning = new(0);

    // How often the partition's end is looked up, in messages.
    private const int WatermarkInterval = 64;

    private readonly ConcurrentQueue<Action<IConsumer<byte[]?, byte[]?>>> _changes = [];
    private readonly Dictionary<int, PartitionReader> _readers = [];
    private readonly Dictionary<int, CheckpointLoad> _loads = [];
    private readonly Lock _starting = new();
    private Thread? _thread;
    private volatile bool _isEnded;

    /// <summary>Loads the partition's checkpoint, then reads from there on.</summary>
    public void Attach(PartitionReader reader, CheckpointLoad load)
    {
        lock (_starting)
        {
            if (_thread is null)
            {
                _thread = new(Run) { IsBackground = true, Name = $"Kafka consumer of {options.Topic}" };
                _thread.UnsafeStart();
            }
        }

        _changes.Enqueue(consumer =>
        {
            Remove(consumer, reader.Partition);
            _readers[reader.Partition] = reader;
            _loads[reader.Partition] = load;
            consumer.IncrementalAssign([new TopicPartitionOffset(CheckpointsOf(reader.Partition), Beginning)]);
        });
    }

    public void Detach(PartitionReader reader)
    {
        reader.End();
        _changes.Enqueue(consumer =>
        {
            if (IsCurrent(reader))
            {
                Remove(consumer, reader.Partition);
            }
        });
    }

    /// <summary>Reads a partition from an earlier offset on. What is read from then on bears the new generation.</summary>
    public void Rewind(PartitionReader reader, long offset, int generation) => _changes.Enqueue(consumer =>
    {
        if (IsCurrent(reader) && !_loads.ContainsKey(reader.Partition))
        {
            LogRewind(options.Topic, reader.Partition, offset);
            Unassign(consumer, reader);
            reader.Generation = generation;
            Assign(consumer, reader, offset);
        }
    });

    /// <summary>Reads on, where the partition is paused.</summary>
    public void Resume(PartitionReader reader) => _changes.Enqueue(consumer =>
    {
        if (IsCurrent(reader) && reader.IsPaused && reader.HasRoom)
        {
            Assign(consumer, reader, reader.Next);
        }
    });

    public void Dispose()
    {
        _isEnded = true;
        _thread?.Join();
    }

    private void Run()
    {
        using var consumer = Build();
        while (!_isEnded)
        {
            try
            {
                while (_changes.TryDequeue(out var change))
                {
                    change(consumer);
                }

                if (consumer.Consume(PollTime) is { } result)
                {
                    Dispatch(consumer, result);
                }
            }
            catch (KafkaException error)
            {
                // The client tries again by itself; what was not read stays where it is.
                Tell(error.Error);
            }
            catch (Exception error)
            {
                LogFailed(error);
            }
        }
    }

    private void Tell(Error error)
    {
        metrics.Failed(error.Code);
        LogError(error.Code, error.Reason);
    }

    private void Dispatch(IConsumer<byte[]?, byte[]?> consumer, ConsumeResult<byte[]?, byte[]?> result)
    {
        if (!_readers.TryGetValue(result.Partition, out var reader))
        {
            return;
        }

        if (string.Equals(result.Topic, options.CheckpointTopicName, StringComparison.Ordinal))
        {
            Load(consumer, reader, result);
        }
        else if (result.IsPartitionEOF)
        {
            reader.SetHighWatermark(result.Offset);
            reader.AddEnd();
        }
        else
        {
            if (reader.Next >= 0 && result.Offset > reader.Next)
            {
                LogGap(options.Topic, reader.Partition, reader.Next, result.Offset - 1);
            }

            reader.Add(result);
            if (result.Offset % WatermarkInterval == 0 && consumer.GetWatermarkOffsets(result.TopicPartition).High is { IsSpecial: false } high)
            {
                reader.SetHighWatermark(high);
            }

            Pause(consumer, reader);
        }
    }

    private void Load(IConsumer<byte[]?, byte[]?> consumer, PartitionReader reader, ConsumeResult<byte[]?, byte[]?> result)
    {
        if (!_loads.TryGetValue(reader.Partition, out var load))
        {
            return;
        }

        if (!result.IsPartitionEOF)
        {
            load.Add(result.Message.Key, result.Message.Value);
            return;
        }

        _loads.Remove(reader.Partition);
        consumer.IncrementalUnassign([CheckpointsOf(reader.Partition)]);
        var start = load.Complete();
        LogStart(options.Topic, reader.Partition, start);
        Assign(consumer, reader, start ?? (options.Start == AutoOffsetReset.Latest ? Offset.End : Beginning));
    }

    private void Assign(IConsumer<byte[]?, byte[]?> consumer, PartitionReader reader, Offset offset)
    {
        reader.IsPaused = false;
        reader.Next = offset.IsSpecial || offset == Beginning ? -1 : offset.Value;
        consumer.IncrementalAssign([new TopicPartitionOffset(EventsOf(reader.Partition), offset)]);
    }

    private void Unassign(IConsumer<byte[]?, byte[]?> consumer, PartitionReader reader)
    {
        if (!reader.IsPaused)
        {
            consumer.IncrementalUnassign([EventsOf(reader.Partition)]);
        }
    }

    // A partition is given back to the client rather than paused: after the client's own Resume it takes a second until it
    // fetches again (measured with 2.16), after an assignment a few milliseconds.
    private void Pause(IConsumer<byte[]?, byte[]?> consumer, PartitionReader reader)
    {
        if (!reader.IsPaused && reader.IsFull)
        {
            Unassign(consumer, reader);
            reader.IsPaused = true;
            metrics.Paused(reader.Partition);
            if (reader.HasRoom)
            {
                // It was emptied between the two looks, and nobody may say so again.
                Resume(reader);
            }
        }
    }

    private void Remove(IConsumer<byte[]?, byte[]?> consumer, int partition)
    {
        if (_readers.Remove(partition, out var reader))
        {
            reader.End();
            if (_loads.Remove(partition))
            {
                consumer.IncrementalUnassign([CheckpointsOf(partition)]);
            }
            else
            {
                Unassign(consumer, reader);
            }
        }
    }

    private bool IsCurrent(PartitionReader reader) => _readers.TryGetValue(reader.Partition, out var current) && current == reader;

    private TopicPartition EventsOf(int partition) => new(options.Topic, partition);

    private TopicPartition CheckpointsOf(int partition) => new(options.CheckpointTopicName, partition);

    private IConsumer<byte[]?, byte[]?> Build()
    {
        var config = new ConsumerConfig(new Dictionary<string, string>(options.Client, StringComparer.Ordinal))
        {
            // How long the broker waits for more when there is nothing: also how long a new partition waits for its turn.
            FetchWaitMaxMs = 50,

            // What is fetched ahead of the cache, for all partitions together.
            QueuedMaxMessagesKbytes = 16 * 1024,
            FetchQueueBackoffMs = 5,
            ReconnectBackoffMaxMs = 1_000,
            CheckCrcs = false,
        };
        options.ConfigureConsumer?.Invoke(config);
        config.BootstrapServers = options.BootstrapServers;
        config.GroupId = group;
        config.EnableAutoCommit = false;
        config.EnableAutoOffsetStore = false;
        config.EnablePartitionEof = true;
        config.AllowAutoCreateTopics = false;
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        return new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetKeyDeserializer(Deserializers.ByteArray!)
            .SetValueDeserializer(Deserializers.ByteArray!)
            .SetErrorHandler((_, error) => Tell(error))
            .SetLogHandler((_, message) => LogClient(message.Message))
            .Build();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The consumer has an error: {Code}, {Reason}. It goes on by itself.")]
    private partial void LogError(Confluent.Kafka.ErrorCode code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The consumer could not take something in; it goes on.")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Reading partition {Partition} of {Topic} from {Offset}; without a number there is no checkpoint.")]
    private partial void LogStart(string topic, int partition, long? offset);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Messages {From} to {To} of partition {Partition} of {Topic} are gone before they were read. Keep the topic longer than its readers may be away.")]
    private partial void LogGap(string topic, int partition, long from, long to);

    [LoggerMessage(Level = LogLevel.Information, Message = "A subscriber goes back: reading partition {Partition} of {Topic} from {Offset} again.")]
    private partial void LogRewind(string topic, int partition, long offset);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The consumer says: {Text}")]
    private partial void LogClient(string text);
}
