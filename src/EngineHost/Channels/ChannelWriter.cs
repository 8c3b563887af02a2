using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels.Taps;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Telemetry;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging;

namespace BlueEdge.EngineHost.Channels;

/// <summary>One linked output of a run: numbers its items, stores them where the channel is interested, sends them to each reader.</summary>
internal sealed partial class ChannelWriter
{
    private static readonly ActivitySource Source = new("BlueEdge.Engines");
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly OutputLink _link;
    private readonly SubSessionKey _producer;
    private readonly int _epoch;
    private readonly IResultStore _results;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationToken _cancellationToken;
    private readonly ReaderLink[] _readers;
    private readonly ChannelTaps? _taps;
    private readonly Lock _lock = new();
    private readonly List<Payload> _unstored = [];
    private TaskCompletionSource _stored = NewSignal();
    private Task _storing = Task.CompletedTask;
    private ExceptionDispatchInfo? _failure;
    private long _firstUnstored;
    private bool _isStoring;
    private DateTimeOffset? _firstStoring;
    private bool _ending;
    private TapLink? _tap;
    private bool _isTapOver;
    private long _written;

    public ChannelWriter(
        OutputLink link,
        SubSessionKey producer,
        int epoch,
        IChannelTransport transport,
        IResultStore results,
        int windowItems,
        long windowBytes,
        TimeProvider clock,
        ILogger<ChannelWriter> logger,
        CancellationToken cancellationToken,
        ChannelTaps? taps = null)
    {
        (_link, _producer, _epoch, _results) = (link, producer, epoch, results);
        (_clock, _logger, _cancellationToken) = (clock, logger, cancellationToken);
        _readers = [.. link.Readers.Select(reader => ReaderLink.Open(link, reader, producer, epoch, transport.RouteTo(reader), windowItems, windowBytes, cancellationToken))];
        _taps = taps;
        _tap = link.Tap is { } tap ? taps?.Open(tap, link, producer, epoch, first: 0) : null;
    }

    /// <summary>What it has stored among the results; <see langword="null"/> where its channel is none of those.</summary>
    public StoredItems? Stored => _link.Interested ? new(_link.Channel, Interlocked.Read(ref _firstUnstored)) : null;

    /// <summary>Returns when every reader has room for the next, and the item is stored where it is to be.</summary>
    /// <exception cref="BlueEdgeException">The writer has ended.</exception>
    public ValueTask WriteAsync(Payload payload)
    {
        // One lock for the store's order and the readers': both have the same.
        lock (_lock)
        {
            ThrowIfOver();
            Show(payload);
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

    /// <summary>Writes what nobody need wait for but the store, such as the last words of a run that failed.</summary>
    public Task WriteLastAsync(Payload payload)
    {
        lock (_lock)
        {
            ThrowIfOver();
            Show(payload);
            foreach (var reader in _readers)
            {
                _ = reader.WriteAsync(payload).AsTask();
            }

            return _link.Interested ? StoreAsync(payload) : Task.CompletedTask;
        }
    }

    /// <summary>Sends what is written from now on to those who listen.</summary>
    /// <returns>The number of the first item that they get; <see langword="null"/> where the run is over.</returns>
    public long? Tap(ChannelEnd tap, Guid ring)
    {
        lock (_lock)
        {
            if (_isTapOver)
            {
                return null;
            }

            _tap = _tap is { IsOver: false } present ? present : _taps?.Open(tap, _link, _producer, _epoch, _written);
            return _tap?.Restart(ring);
        }
    }

    /// <summary>Tells those who listen that the run is over; nobody waits for them.</summary>
    /// <returns>How many items were written.</returns>
    public StoredItems EndTap()
    {
        lock (_lock)
        {
            _isTapOver = true;
            _tap?.End();
            return new(_link.Channel, _written);
        }
    }

    /// <summary>Takes no more; returns when all is stored, and every reader has all and knows that it is all.</summary>
    public async Task EndAsync()
    {
        Task storing;
        lock (_lock)
        {
            _ending = true;
            storing = _storing;
        }

        await storing;
        _failure?.Throw();
        TellOfResults();
        await Task.WhenAll(_readers.Select(reader => reader.EndAsync()));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Counts an item, and shows it to those who listen.</summary>
    private void Show(Payload payload)
    {
        _written++;
        _tap?.Write(payload);
    }

    private void TellOfResults()
    {
        if (_firstStoring is { } began)
        {
            Source.Tell(
                "results",
                _link.Trace,
                began,
                _clock.GetUtcNow(),
                [new("blueedge.session.id", _producer.SessionId), new("blueedge.channel", _link.Channel), new("blueedge.items.stored", Interlocked.Read(ref _firstUnstored))]);
        }
    }

    private void ThrowIfOver()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _failure?.Throw();
        if (_ending)
        {
            throw new BlueEdgeException(
                $"Node '{_producer.Node}' of session {_producer.SessionId} wrote to channel '{_link.Channel}' after its end. Await every write before StopAsync returns.");
        }
    }

    /// <summary>Stores the item with what else is written while a write is under way.</summary>
    private Task StoreAsync(Payload payload)
    {
        _unstored.Add(payload);
        var stored = _stored.Task;
        if (!_isStoring)
        {
            _isStoring = true;
            _firstStoring ??= _link.Trace is null ? null : _clock.GetUtcNow();
            _storing = StoreAllAsync();
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
                    _isStoring = false;
                    return;
                }

                items = [.. _unstored];
                _unstored.Clear();
                (stored, _stored) = (_stored, NewSignal());
            }

            try
            {
                await AppendAsync(items);
                stored.SetResult();
            }
            catch (Exception error)
            {
                Fail(error, stored);
                return;
            }
        }
    }

    /// <summary>Has the engine hear of it, now and with every later write, so that its session fails: results must not have gaps.</summary>
    private void Fail(Exception error, TaskCompletionSource stored)
    {
        lock (_lock)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            stored.SetException(error);
            _stored.SetException(error);
        }
    }

    /// <summary>Appends, again and again while the store is away: the run waits, and nothing is lost.</summary>
    private async Task AppendAsync(ImmutableArray<Payload> items)
    {
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (!await _results.AppendAsync(_producer, _epoch, _link.Channel, _link.IsOnlyProducer, _firstUnstored, items, _cancellationToken))
                {
                    throw new BlueEdgeException(
                        $"What node '{_producer.Node}' writes is not wanted any more: session {_producer.SessionId} has ended, or is at another attempt than {_epoch}.");
                }

                Interlocked.Add(ref _firstUnstored, items.Length);
                return;
            }
            catch (Exception error) when (error is StoreUnavailableException or not (BlueEdgeException or OperationCanceledException))
            {
                LogStoreFailed(error, _link.Channel, _producer);
            }

            await Task.Delay(RetryDelay, _clock, _cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Channel {Channel}: what {Producer} wrote could not be stored; it is tried again")]
    private partial void LogStoreFailed(Exception error, string channel, SubSessionKey producer);
}
