using System.Collections.Immutable;
using BlueEdge.Results;
using BlueEdge.Sessions;

namespace BlueEdge.Channels;

/// <summary>One linked output of a run: numbers its items, stores them where the channel is interested, sends them to each reader.</summary>
internal sealed class ChannelWriter
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly OutputLink _link;
    private readonly SubSessionKey _producer;
    private readonly int _epoch;
    private readonly IResultStore _results;
    private readonly CancellationToken _cancellationToken;
    private readonly ReaderLink[] _readers;
    private readonly Lock _lock = new();
    private readonly List<Payload> _unstored = [];
    private TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _firstUnstored;
    private bool _storing;

    public ChannelWriter(
        OutputLink link, SubSessionKey producer, int epoch, IChannelTransport transport, IResultStore results, int windowItems, long windowBytes, CancellationToken cancellationToken)
    {
        (_link, _producer, _epoch, _results, _cancellationToken) = (link, producer, epoch, results, cancellationToken);
        _readers = [.. link.Readers.Select(reader => new ReaderLink(
            transport, reader.Instance, new(producer.SessionId, reader.Node), epoch, link.Channel, producer.Node, windowItems, windowBytes, cancellationToken))];
    }

    public ValueTask WriteAsync(Payload payload)
    {
        // One lock for the store's order and the readers': both have the same.
        lock (_lock)
        {
            var storing = _link.Interested ? StoreAsync(payload) : Task.CompletedTask;
            if (_readers.Length == 0)
            {
                return new(storing);
            }

            if (_readers.Length == 1 && !_link.Interested)
            {
                return _readers[0].WriteAsync(payload);
            }

            return new(Task.WhenAll([storing, .. _readers.Select(reader => reader.WriteAsync(payload).AsTask())]));
        }
    }

    public Task EndAsync() => Task.WhenAll(_readers.Select(reader => reader.EndAsync()));

    /// <summary>Stores the item with what else is written while a write is under way.</summary>
    private Task StoreAsync(Payload payload)
    {
        _unstored.Add(payload);
        var stored = _stored.Task;
        if (!_storing)
        {
            _storing = true;
            _ = StoreAllAsync();
        }

        return stored.WaitAsync(_cancellationToken);
    }

    private async Task StoreAllAsync()
    {
        while (true)
        {
            ImmutableArray<Payload> items;
            TaskCompletionSource stored;
            lock (_lock)
            {
                if (_unstored.Count == 0)
                {
                    _storing = false;
                    return;
                }

                items = [.. _unstored];
                _unstored.Clear();
                (stored, _stored) = (_stored, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            try
            {
                await AppendAsync(items);
                stored.SetResult();
            }
            catch (Exception error)
            {
                // The engine hears of it, and its session fails: results must not have gaps.
                stored.SetException(error);
            }
        }
    }

    /// <summary>Appends, again and again while the store is away: the run waits, and nothing is lost.</summary>
    private async Task AppendAsync(ImmutableArray<Payload> items)
    {
        while (true)
        {
            try
            {
                await _results.AppendAsync(_producer, _epoch, _link.Channel, _firstUnstored, items, _cancellationToken);
                _firstUnstored += items.Length;
                return;
            }
            catch (Exception error) when (error is not (BlueEdgeException or OperationCanceledException))
            {
                await Task.Delay(RetryDelay, TimeProvider.System, _cancellationToken);
            }
        }
    }
}
