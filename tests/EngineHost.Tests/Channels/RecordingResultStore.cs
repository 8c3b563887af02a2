using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Results;
using BlueEdge.Results;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Channels;

/// <summary>Keeps what is stored, and fails or waits where a test says so.</summary>
internal sealed class RecordingResultStore : IResultStore
{
    private readonly Lock _lock = new();
    private readonly List<Payload> _stored = [];

    /// <summary>Called with the number of the append, from 1, before it stores.</summary>
    public Func<int, Task> BeforeAppend { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether the session has ended, or is at another attempt.</summary>
    public bool IsOver { get; set; }

    public int Appends { get; private set; }

    public IReadOnlyList<Payload> Stored
    {
        get
        {
            lock (_lock)
            {
                return [.. _stored];
            }
        }
    }

    public async ValueTask<bool> AppendAsync(
        SubSessionKey producer, int epoch, string channel, bool isOnlyProducer, long firstSequence, ImmutableArray<Payload> items, CancellationToken cancellationToken)
    {
        int number;
        lock (_lock)
        {
            number = ++Appends;
        }

        await BeforeAppend(number);
        if (IsOver)
        {
            return false;
        }

        lock (_lock)
        {
            // As the real one: what it has is dropped, and a gap is an error.
            Assert.InRange(firstSequence, 0, _stored.Count);
            _stored.AddRange(items.Skip((int)(_stored.Count - firstSequence)));
        }

        return true;
    }

    public Task<ImmutableArray<ResultPage>> ReadAsync(
        string sessionId, int epoch, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) => throw new NotSupportedException();
}
