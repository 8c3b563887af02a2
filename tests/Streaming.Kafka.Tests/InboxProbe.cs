using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Orleans.Streams;

namespace Streaming.Kafka;

/// <summary>What a test sees and decides of one inbox.</summary>
internal sealed class InboxProbe
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly ConcurrentDictionary<string, InboxProbe> Probes = [];
    private readonly Channel<(long Number, StreamSequenceToken Token)> _received = Channel.CreateUnbounded<(long, StreamSequenceToken)>();
    private int _containers;

    public static InboxProbe Of(string key) => Probes.GetOrAdd(key, _ => new());

    public TaskCompletionSource Deactivated { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where a new activation starts.</summary>
    public StreamSequenceToken? StartToken { get; set; }

    /// <summary>Is awaited before events are taken; may throw.</summary>
    public Func<IList<long>, Task> Before { get; set; } = _ => Task.CompletedTask;

    public int Containers => _containers;

    public async Task ReceiveAsync(IList<SequentialItem<ReadOnlyMemory<byte>>> items)
    {
        await Before([.. items.Select(item => NumberOf(item.Item))]);
        Interlocked.Increment(ref _containers);
        foreach (var item in items)
        {
            _received.Writer.TryWrite((NumberOf(item.Item), item.Token));
        }
    }

    /// <summary>Waits for so many events.</summary>
    public async Task<List<(long Number, StreamSequenceToken Token)>> TakeAsync(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var taken = new List<(long, StreamSequenceToken)>();
        try
        {
            while (taken.Count < count)
            {
                taken.Add(await _received.Reader.ReadAsync(patience.Token));
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Only {taken.Count} of {count} events came within {Patience}.");
        }

        return taken;
    }

    /// <summary>Waits until every number up to a count came, and gives all that came until then.</summary>
    public async Task<List<long>> TakeAllAsync(int count, HashSet<long>? except = null)
    {
        var missing = Enumerable.Range(0, count).Select(number => (long)number).Except(except ?? []).ToHashSet();
        var all = new List<long>();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (missing.Count > 0)
            {
                var (number, _) = await _received.Reader.ReadAsync(patience.Token);
                missing.Remove(number);
                all.Add(number);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{missing.Count} of {count} events did not come within {Patience}: {string.Join(' ', missing.Order().Take(20))} …");
        }

        return all;
    }

    /// <summary>What is there now.</summary>
    public List<long> TakeRest()
    {
        var rest = new List<long>();
        while (_received.Reader.TryRead(out var each))
        {
            rest.Add(each.Number);
        }

        return rest;
    }

    public static ReadOnlyMemory<byte> Event(long number, int size = 8)
    {
        var bytes = new byte[size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes;
    }

    public static long NumberOf(ReadOnlyMemory<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
}
