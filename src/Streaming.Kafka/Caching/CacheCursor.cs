using System.Diagnostics;
using Orleans.Streams;
using Streaming.Kafka.Messages;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka.Caching;

/// <summary>
/// A subscriber's place in a stream. Moving on says that the container before was delivered, or is among the dead letters:
/// the agent moves a cursor for no other reason.
/// </summary>
internal sealed class CacheCursor : IQueueCacheCursor
{
    private readonly KafkaQueueCache _cache;
    private readonly StreamChain _chain;
    private readonly long _start;
    private readonly int _skipped;
    private CachedContainer? _current;
    private KafkaBatchContainer? _container;
    private Activity? _delivery;

    /// <param name="cache">The cache.</param>
    /// <param name="chain">The stream in it.</param>
    /// <param name="start">The first offset to deliver.</param>
    /// <param name="skipped">How many events of the container at that offset are left out.</param>
    public CacheCursor(KafkaQueueCache cache, StreamChain chain, long start, int skipped)
    {
        (_cache, _chain, _start, _skipped) = (cache, chain, start, skipped);
        Position = start;
    }

    /// <summary>The first offset that is not delivered.</summary>
    public long Position { get; private set; }

    public IBatchContainer? GetCurrent(out Exception? exception)
    {
        exception = null;
        return _container;
    }

    [Obsolete("Orleans calls MoveNextWithResult.")]
    public bool MoveNext() => MoveNextWithResult().Kind == QueueCacheCursorMoveResultKind.Success;

    public QueueCacheCursorMoveResult MoveNextWithResult()
    {
        StopDelivery();
        var next = Next();
        if (_current is not null)
        {
            Position = Math.Max(Position, _current.Offset + 1);
        }

        _current = next;
        _container = next?.Container;
        if (next is null)
        {
            _chain.Trim();
            return QueueCacheCursorMoveResult.NoData;
        }

        Position = next.Offset;
        _chain.Trim();
        if (next.Offset == _start && _skipped > 0)
        {
            _container = next.Container.Skip(_skipped);
        }

        _delivery = _cache.StartDelivery(next.Container);
        return QueueCacheCursorMoveResult.Success;
    }

    /// <summary>Nothing to do: a cursor finds by its position what came in.</summary>
    public void Refresh(StreamSequenceToken token)
    {
    }

    /// <summary>Nothing to do: the failure handler has put the container among the dead letters before the cursor moves on.</summary>
    public void RecordDeliveryFailure()
    {
    }

    /// <summary>Leaves the stream. What is not delivered stays: another cursor of the subscriber may follow at once.</summary>
    public void Dispose()
    {
        StopDelivery();
        _cache.Leave(_chain, this);
    }

    private CachedContainer? Next()
    {
        var next = _current is { IsGone: false } ? _current.Next : _chain.Find(Position + (_current is null ? 0 : 1));
        while (next is not null && next.Offset < Position)
        {
            next = next.Next;
        }

        return next;
    }

    private void StopDelivery()
    {
        if (_delivery is not null)
        {
            KafkaStreamTraces.Stop(_delivery, error: null);
            _delivery = null;
        }
    }
}
