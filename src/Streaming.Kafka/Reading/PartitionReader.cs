using Confluent.Kafka;
using Streaming.Kafka.Messages;

namespace Streaming.Kafka.Reading;

/// <summary>
/// What passes between the thread that reads a partition and the agent that delivers it: the messages read, and how many
/// bytes both hold.
/// </summary>
internal sealed class PartitionReader(int partition, KafkaStreamOptions options, MessageReader messages, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<KafkaBatchContainer> _read = [];
    private TaskCompletionSource? _waiting;
    private long _bytes;
    private long _highWatermark;
    private long _position = -1;
    private int _endSeen = -1;
    private bool _isEnded;

    /// <summary>Set by the reading thread while the partition is paused, and reset by it.</summary>
    public bool IsPaused { get; set; }

    /// <summary>The reading thread's next offset; -1 where it is for the broker to say.</summary>
    public long Next { get; set; } = -1;

    /// <summary>The reading thread's generation: what it reads now bears it.</summary>
    public int Generation { get; set; }

    /// <summary>The largest number of bytes held at a time.</summary>
    public long MostBytes { get; private set; }

    public int Partition => partition;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many messages are behind the ones delivered.</summary>
    public long Lag => Math.Max(0, Interlocked.Read(ref _highWatermark) - Math.Max(0, Interlocked.Read(ref _position)));

    /// <summary>Whether one more message might be more than is allowed.</summary>
    public bool IsFull => Bytes + options.MaxMessageBytes > options.CacheBytes;

    /// <summary>Whether so little is held that reading may go on; well below the limit, for a pause throws away what was fetched ahead.</summary>
    public bool HasRoom => Bytes <= options.CacheBytes / 2;

    public void Add(ConsumeResult<byte[]?, byte[]?> result)
    {
        var container = messages.Read(result, Generation);
        Next = result.Offset + 1;
        lock (_lock)
        {
            var bytes = Interlocked.Add(ref _bytes, container.Source!.Bytes); // It was read here.
            MostBytes = Math.Max(MostBytes, bytes);
            _read.Enqueue(container);
            Wake();
        }
    }

    /// <summary>The end of the partition was reached.</summary>
    public void AddEnd()
    {
        lock (_lock)
        {
            _endSeen = Generation;
            Wake();
        }
    }

    public void SetHighWatermark(long offset) => Interlocked.Exchange(ref _highWatermark, offset);

    /// <summary>Everything before this offset was delivered.</summary>
    public void SetPosition(long offset) => Interlocked.Exchange(ref _position, offset);

    /// <summary>Whether the end was reached in a generation, and all before it was taken.</summary>
    public bool IsAtEnd(int generation)
    {
        lock (_lock)
        {
            return _endSeen == generation && _read.Count == 0;
        }
    }

    /// <summary>Takes what was read, and waits where there is nothing yet.</summary>
    public async Task<List<KafkaBatchContainer>> TakeAsync(int most, TimeSpan patience, CancellationToken cancellationToken)
    {
        Task waiting;
        lock (_lock)
        {
            if (_read.Count > 0 || _isEnded)
            {
                return Take(most);
            }

            _waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = _waiting.Task;
        }

        await waiting.WaitAsync(patience, clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        lock (_lock)
        {
            return Take(most);
        }
    }

    /// <summary>Gives back bytes.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _bytes, -bytes);

    /// <summary>Nothing more will be read: who waits is let go.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            Wake();
        }
    }

    private List<KafkaBatchContainer> Take(int most)
    {
        var taken = new List<KafkaBatchContainer>(Math.Min(most, _read.Count));
        while (taken.Count < most && _read.TryDequeue(out var container))
        {
            taken.Add(container);
        }

        return taken;
    }

    private void Wake()
    {
        _waiting?.TrySetResult();
        _waiting = null;
    }
}
