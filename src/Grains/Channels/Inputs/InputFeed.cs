using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Results;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>
/// Brings a channel's log to the engines of one attempt, as a node writes its items: from its begin, as far as the slowest of them has
/// room. It reads the log where it has to, and goes on with what was just appended. What all have is let go, unless it is recorded.
/// </summary>
#pragma warning disable CA1001 // The source holds nothing to dispose, and work that ends late still looks at its token.
internal sealed partial class InputFeed
#pragma warning restore CA1001
{
    private const int PageItems = 256;
    private const int PageBytes = 1024 * 1024;

    /// <summary>What is on its way to an engine beside what lies in the log.</summary>
    private const int LinkItems = 256;
    private const long LinkBytes = 4 * 1024 * 1024;

    /// <summary>What all engines have waits in the log until it is so much, or nothing more comes: to let go of it is a write.</summary>
    private const int TrimItems = 64;
    private const long TrimBytes = 1024 * 1024;

    /// <summary>Another activation may have appended, for a moment, of which this one does not hear.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly InputTail _tail = new(PageItems, PageBytes);
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationToken _stopping;
    private readonly ChannelKey _key;
    private readonly InputFeedOrder _order;
    private readonly InputWindow _window;
    private readonly IInputLogStore _logs;
    private readonly IResultStore _results;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Func<TapOrder, long, TapLink> _openTap;

    /// <summary>Completes once it is known where the feed begins.</summary>
    private readonly TaskCompletionSource _placed = NewSignal();
    private TapLink? _tap;
    private TaskCompletionSource _more = NewSignal();
    private ReaderLink[] _readers = [];
    private Task _trimming = Task.CompletedTask;
    private long _trimmed;
    private long _untrimmedBytes;
    private long _next;

    /// <summary>Whether the log may have what is not in the tail.</summary>
    private bool _mustRead = true;

    public InputFeed(
        ChannelKey key,
        InputFeedOrder order,
        InputWindow window,
        IInputLogStore logs,
        IResultStore results,
        IGrainFactory grains,
        TimeProvider clock,
        ILogger logger,
        Func<TapOrder, long, TapLink> openTap)
    {
        (_key, _order, _window, _logs, _results, _openTap) = (key, order, window, logs, results, openTap);
        (_grains, _clock, _logger, _stopping) = (grains, clock, logger, _source.Token);
        Done = RunAsync();
    }

    /// <summary>The attempt whose engines it feeds.</summary>
    public int Epoch => _order.Definition.Epoch;

    /// <summary>Ends when all is with the engines and they know that it is all, or it was stopped; it may fail.</summary>
    public Task Done { get; }

    private SubSessionKey Producer => new(_key.SessionId, ChannelEnd.Writers.Name);

    /// <summary>Feeds nothing any more, for the attempt is over: those who listen are told that it was all.</summary>
    public void Stop()
    {
        Leave();
        _tap?.End();
    }

    /// <summary>Feeds nothing any more here: another activation goes on.</summary>
    public void Leave() => _source.Cancel();

    /// <summary>The log has more than it had, or has ended.</summary>
    public void TellMore()
    {
        _mustRead = true;
        _more.TrySetResult();
    }

    /// <summary>The log has these items more.</summary>
    /// <param name="offset">The place of the first of them.</param>
    /// <param name="items">The items.</param>
    public void Take(long offset, ImmutableArray<Payload> items)
    {
        _mustRead |= !_tail.Add(offset, items);
        _more.TrySetResult();
    }

    /// <summary>Sends what comes from here on to those who listen, too; asked again by the same it changes nothing.</summary>
    public async Task<TapPlace> TapAsync(TapOrder order)
    {
        await Task.WhenAny(_placed.Task, Done);
        if (!_placed.Task.IsCompleted)
        {
            return new();
        }

        _tap = _tap is { IsOver: false } known ? known : _openTap(order, _next);
        var first = _tap.Restart(order.Ring);
        if (Done.IsCompleted)
        {
            _tap.End();
        }

        return new() { Next = first, IsOver = Done.IsCompletedSuccessfully };
    }

    /// <summary>Has the window know how far the slowest engine is; one that is over is no slow one.</summary>
    public void Settle()
    {
        if (_readers.Length > 0 && !_stopping.IsCancellationRequested)
        {
            _window.Settle(Math.Min(_next, _readers.Min(reader => reader.Settled)));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        try
        {
            var page = await ReadAsync();
            (_next, _trimmed) = (page.Offset, page.Offset);
            _placed.SetResult();
            _readers = [.. _order.Link.Readers.Select(Open)];
            for (; ; page = await NextAsync())
            {
                if (!await WriteAsync(page))
                {
                    _tap?.End();
                    return;
                }

                Settle();
                Trim(page);
                if (page.IsLast)
                {
                    break;
                }
            }

            await Task.WhenAll(_readers.Select(reader => reader.EndAsync()));
            _tap?.End();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The attempt is over, or another activation feeds it.
        }
    }

    /// <summary>What comes next: what was just appended, else what the log has; an empty page where nothing came for a while.</summary>
    private async Task<InputPage> NextAsync()
    {
        while (true)
        {
            if (_tail.Take(_next) is { IsEmpty: false } fresh)
            {
                return new(_next, fresh, _next + fresh.Length, HasEnded: false);
            }

            if (_mustRead || !_tail.IsEmpty)
            {
                return await ReadAsync();
            }

            // One that wins over a delay would leave its timer behind, with each item.
            await _more.Task
                .WaitAsync(Look, _clock, _stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _stopping.ThrowIfCancellationRequested();
            _mustRead |= !_more.Task.IsCompleted;
            _more = _more.Task.IsCompleted ? NewSignal() : _more;
        }
    }

    private async Task<InputPage> ReadAsync()
    {
        // What comes from here on is in the page, or is told of.
        var version = _window.Version;
        _mustRead = false;
        var page = await _logs.ReadAsync(_key.SessionId, _key.Channel, _next, PageItems, PageBytes);
        _window.Correct(page.End, version);
        _mustRead |= page.Next < page.End;
        return page;
    }

    private ReaderLink Open(ChannelEnd reader) => ReaderLink.Open(
        _order.Link, reader, Producer, Epoch, new InstanceRoute(_grains.Find<IEngineInstanceGrain>(reader.Instance)), LinkItems, LinkBytes, _stopping, first: _next);

    /// <summary>Stores the items where they are results, then hands them to all readers.</summary>
    /// <returns>False where the attempt is over.</returns>
    private async Task<bool> WriteAsync(InputPage page)
    {
        if (_order.Link.Interested && !page.Items.IsEmpty
            && !await _results.AppendAsync(Producer, Epoch, _key.Channel, _order.Link.IsOnlyProducer, page.Offset, page.Items, _stopping))
        {
            return false;
        }

        foreach (var item in page.Items)
        {
            _next++;
            _tap?.Write(item);
            foreach (var reader in _readers)
            {
                await reader.WriteAsync(item);
            }
        }

        return true;
    }

    /// <summary>One at a time: what comes to be settled meanwhile goes with the next.</summary>
    private void Trim(InputPage page)
    {
        _untrimmedBytes += page.Items.Sum(item => (long)item.Weight);
        var isWorthIt = page.Items.IsEmpty || _window.Settled >= _trimmed + TrimItems || _untrimmedBytes >= TrimBytes;
        if (isWorthIt && !_order.Definition.Channel.Record && _window.Settled > _trimmed && _trimming.IsCompleted)
        {
            (_trimmed, _untrimmedBytes) = (_window.Settled, 0);
            _trimming = TrimAsync(_trimmed);
        }
    }

    private async Task TrimAsync(long before)
    {
        try
        {
            await _logs.TrimAsync(_key.SessionId, _key.Channel, before);
        }
        catch (Exception error)
        {
            LogUntrimmed(error, _key.Channel, _key.SessionId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What engines have of channel {Channel} of session {SessionId} could not be let go; it goes with what comes")]
    private partial void LogUntrimmed(Exception error, string channel, string sessionId);
}
