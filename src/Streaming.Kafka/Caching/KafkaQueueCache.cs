using System.Diagnostics;
using Orleans.Streams;
using Streaming.Kafka.DeadLetters;
using Streaming.Kafka.Messages;
using Streaming.Kafka.Reading;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka.Caching;

/// <summary>
/// What of one partition is read and not yet delivered. It counts bytes, a slow stream keeps only its own, and a subscriber
/// that asks for what is gone is served by reading the partition again. Used by the queue's agent only, one turn at a time.
/// </summary>
internal sealed class KafkaQueueCache(
    KafkaStreamOptions options, PartitionReader reader, ConsumerLoop loop, DeadLetterWriter deadLetters, KafkaStreamMetrics metrics) : IQueueCache, IDisposable
{
    // Enough to keep the agent busy; fewer let it look after everything else more often.
    private const int MostAtOnce = 512;

    private readonly Dictionary<StreamId, StreamChain> _chains = [];
    private readonly HashSet<StreamChain> _touched = [];
    private readonly PriorityQueue<CachedContainer, long> _order = new();
    private readonly Dictionary<StreamId, long> _rewinding = [];
    private readonly CancellationTokenSource _ending = new();
    private long _rewindEnd;
    private int _generation;
    private long _next = -1;
    private long _delivered = -1;

    public CancellationToken Ending => _ending.Token;

    /// <summary>Everything before this offset was delivered or is among the dead letters; -1 where nothing is known. It never falls.</summary>
    public long Delivered
    {
        get
        {
            // While some of it is read again the cache does not have all that is undelivered.
            if (_rewinding.Count == 0)
            {
                while (_order.TryPeek(out var first, out _) && first.IsGone)
                {
                    _order.Dequeue();
                }

                _delivered = Math.Max(_delivered, _order.TryPeek(out _, out var offset) ? offset : _next);
            }

            return _delivered;
        }
    }

    public int GetMaxAddCount() => MostAtOnce;

    /// <summary>Always false: reading stops by itself where there is no room, and the agent need not log that each time.</summary>
    public bool IsUnderPressure() => false;

    /// <summary>Whether a container is to be added: it is new, or a subscriber wants it again.</summary>
    public bool Accepts(KafkaBatchContainer container) =>
        container.Source?.Generation == _generation &&
        (container.Offset >= _next || (_rewinding.TryGetValue(container.StreamId, out var from) && container.Offset >= from));

    /// <summary>Leaves out what is not to be added, so that the agent does not look for its subscribers.</summary>
    public List<IBatchContainer> Screen(List<KafkaBatchContainer> read)
    {
        var accepted = new List<IBatchContainer>(read.Count);
        foreach (var container in read)
        {
            if (Accepts(container))
            {
                accepted.Add(container);
            }
            else
            {
                Release(container.Source?.Bytes ?? 0);
            }
        }

        return accepted;
    }

    /// <summary>Adds what was screened; in between a subscriber may have gone back.</summary>
    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var container in messages.Cast<KafkaBatchContainer>())
        {
            if (Accepts(container))
            {
                Add(container);
            }
            else
            {
                Release(container.Source?.Bytes ?? 0);
            }

            EndRewind(container.Source?.Generation == _generation && container.Offset + 1 >= _rewindEnd);
        }
    }

    /// <summary>Lets go what nobody is subscribed to. What is delivered is let go at once, without the agent's asking.</summary>
    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        EndRewind(reader.IsAtEnd(_generation));
        foreach (var chain in _touched)
        {
            chain.Trim();
            if (chain.Cursors.Count == 0)
            {
                for (var each = chain.First; each is not null; each = each.Next)
                {
                    LetGoUnclaimed(chain, each);
                }

                Forget(chain);
            }
        }

        _touched.Clear();
        return false;
    }

    [Obsolete("Orleans calls TryGetCacheCursor.")]
    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) => CreateCursor(streamId, token);

    public QueueCacheCursorResult<IQueueCacheCursor> TryGetCacheCursor(StreamId streamId, StreamSequenceToken? token) =>
        QueueCacheCursorResult<IQueueCacheCursor>.FromCursor(CreateCursor(streamId, token));

    public QueueCacheCursorResult<IQueueCacheCursor> TryGetCacheCursorAtPosition(StreamId streamId, StreamSubscriptionStartPosition startPosition) =>
        QueueCacheCursorResult<IQueueCacheCursor>.FromCursor(
            startPosition == StreamSubscriptionStartPosition.EarliestAvailable ? CreateCursor(ChainOf(streamId), 0, 0) : CreateCursor(streamId, null));

    /// <summary>Tells at the end what the cursors do not know yet: the last delivery before it.</summary>
    public void UpdateDeliveryProgress(StreamSequenceToken? earliestSubscriptionToken, DateTime utcNow)
    {
        if (earliestSubscriptionToken is not { } token || _rewinding.Count > 0)
        {
            return;
        }

        var behind = token.EventIndex == KafkaBatchContainer.BehindLastEvent ? token.SequenceNumber + 1 : token.SequenceNumber;
        foreach (var chain in _chains.Values.Where(chain => chain.Cursors.Count > 0))
        {
            while (chain.First is { } first && first.Offset < behind)
            {
                chain.Remove(first);
            }
        }
    }

    /// <summary>The container of a token, where it is still there.</summary>
    public KafkaBatchContainer? Find(StreamId stream, long offset) =>
        _chains.TryGetValue(stream, out var chain) && chain.Find(offset) is { } found && found.Offset == offset ? found.Container : null;

    public void Leave(StreamChain chain, CacheCursor cursor)
    {
        chain.Cursors.Remove(cursor);
        _touched.Add(chain);
    }

    public Activity? StartDelivery(KafkaBatchContainer container) =>
        KafkaStreamTraces.StartDeliver(options.Topic, reader.Partition, container, container.Source?.Trace);

    /// <summary>The queue is no longer this silo's.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private void Add(KafkaBatchContainer container)
    {
        if (container.Offset >= _next)
        {
            _next = container.Offset + 1;
        }

        if (_rewinding.ContainsKey(container.StreamId))
        {
            _rewinding[container.StreamId] = container.Offset + 1;
        }

        if (!_chains.TryGetValue(container.StreamId, out var chain))
        {
            _chains[container.StreamId] = chain = new(container.StreamId, container.Offset, OnGone);
        }

        if (chain.Cursors.Count == 0)
        {
            _touched.Add(chain);
        }

        chain.Add(container);
        _order.Enqueue(chain.Last!, container.Offset); // It was just added.
    }

    private StreamChain ChainOf(StreamId stream)
    {
        if (!_chains.TryGetValue(stream, out var chain))
        {
            _chains[stream] = chain = new(stream, Math.Max(0, _next), OnGone);
        }

        return chain;
    }

    private CacheCursor CreateCursor(StreamId stream, StreamSequenceToken? token)
    {
        var chain = ChainOf(stream);
        if (token is null)
        {
            return CreateCursor(chain, Math.Max(0, _next), 0);
        }

        // A container's token comes from the agent, or from a subscriber that has got through that container: it is missed only
        // if it was here. A token of an event comes from a user, who may go back as far as the topic does.
        var offset = Math.Max(0, token.SequenceNumber);
        var isUsers = token.EventIndex != KafkaBatchContainer.BehindLastEvent;
        if (isUsers ? offset < chain.CompleteFrom : offset <= chain.GoneUpTo)
        {
            Rewind(chain, offset);
        }

        return CreateCursor(chain, offset, isUsers ? token.EventIndex : 0);
    }

    private CacheCursor CreateCursor(StreamChain chain, long offset, int skipped)
    {
        var cursor = new CacheCursor(this, chain, offset, skipped);
        chain.Cursors.Add(cursor);
        return cursor;
    }

    private void Rewind(StreamChain chain, long offset)
    {
        _ = Delivered;
        chain.Restart(offset);
        _rewinding[chain.Stream] = offset;
        _rewindEnd = Math.Max(_rewindEnd, _next);
        _generation++;
        loop.Rewind(reader, _rewinding.Values.Min(), _generation);
    }

    private void EndRewind(bool isOver)
    {
        if (isOver && _rewinding.Count > 0)
        {
            _rewinding.Clear();
            _rewindEnd = 0;
        }
    }

    private void LetGoUnclaimed(StreamChain chain, CachedContainer each)
    {
        if (each.IsLeaving)
        {
            return;
        }

        if (options.DeadLetterUnclaimed || each.Container.Source?.Fault is not null)
        {
            each.IsLeaving = true;
            _ = MoveUnclaimedAsync(chain, each);
        }
        else
        {
            metrics.Dropped();
            chain.Remove(each);
        }
    }

    private async Task MoveUnclaimedAsync(StreamChain chain, CachedContainer each)
    {
        if (await deadLetters.TryWriteUnclaimedAsync(reader.Partition, each.Container, _ending.Token) && !each.IsGone && chain.Cursors.Count == 0)
        {
            chain.Remove(each);
            Forget(chain);
        }
    }

    private void Forget(StreamChain chain)
    {
        if (chain.IsEmpty && chain.Cursors.Count == 0 && !_rewinding.ContainsKey(chain.Stream))
        {
            _chains.Remove(chain.Stream);
        }
    }

    private void OnGone(CachedContainer each) => Release(each.Container.Source?.Bytes ?? 0);

    private void Release(long bytes)
    {
        reader.Release(bytes);
        if (reader.IsPaused && reader.HasRoom)
        {
            loop.Resume(reader);
        }
    }
}
