using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Channels.Inputs;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>
/// A channel that clients write: stores what comes before it answers, and feeds it to the engines while its session has it do so. All
/// that it must not forget lies in the log.
/// </summary>
[GrainType("channel-input"), Reentrant]
internal sealed class ChannelInputGrain : Grain, IChannelInputGrain, IInputControl
{
    /// <summary>How long those who listen wait for the feed of an attempt; they ask again.</summary>
    private static readonly TimeSpan FeedPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly ChannelKey _key;
    private readonly IInputLogStore _logs;
    private readonly IResultStore _results;
    private readonly SiloStopping _silo;
    private readonly IOptions<SessionLimits> _limits;
    private readonly TimeProvider _clock;
    private readonly IOptions<TapOptions> _taps;
    private readonly ILogger<TapLink> _tapLogger;
    private readonly ILogger _logger;
    private readonly InputWindow _window;
    private readonly InputIntake _intake;
    private readonly InputWriters _writers = new();
    private Task<InputDefinition?>? _defining;
    private InputDefinition? _definition;
    private InputFeed? _feed;
    private TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _heard;
    private bool _hasEnded;

    public ChannelInputGrain(
        IInputLogStore logs,
        IResultStore results,
        SentPayloads sent,
        SiloStopping silo,
        IOptions<ChannelOptions> options,
        IOptions<SessionLimits> limits,
        IOptions<TapOptions> taps,
        TimeProvider clock,
        ILogger<TapLink> tapLogger,
        ILogger<ChannelInputGrain> logger)
    {
        (_logs, _results, _silo, _taps, _tapLogger) = (logs, results, silo, taps, tapLogger);
        (_limits, _clock, _logger) = (limits, clock, logger);
        _key = ChannelKey.Parse(this.GetPrimaryKeyString());
        _window = new(options.Value.InputItems, options.Value.InputBytes);
        _intake = new(_key, _window, logs, sent, Feed);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _feed?.Leave();
        return Task.CompletedTask;
    }

    public async Task<InputSnapshot?> FindAsync(CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        return await DefineAsync() is { } definition && definition.BelongsTo(caller) ? new() { Type = definition.Channel.Type } : null;
    }

    public async Task<InputReply> WriteAsync(InputWrite write, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        if (await DefineAsync() is not { } definition || !definition.BelongsTo(caller))
        {
            return InputReply.Unknown;
        }

        if (definition.IsOver)
        {
            return await _intake.RecallAsync(write, definition.Epoch);
        }

        if (InputRules.FindFault(write, definition.Channel, _limits.Value) is { } fault)
        {
            return new() { Outcome = InputOutcome.Refused, Reason = fault };
        }

        _heard = _clock.GetUtcNow();
        if (write.Writer is null)
        {
            return await TakeAsync(write, writer: null, cancellationToken);
        }

        return _writers.Find(write.Writer) is { } writer
            ? await writer.InTurnAsync(() => TakeAsync(write, writer, cancellationToken))
            : new() { Outcome = InputOutcome.Refused, Reason = $"The channel has {InputWriters.Most} writers already, which is all that it may have: write by the name of one of them." };
    }

    public async Task<InputFeedReport> FeedAsync(InputFeedOrder order, TimeSpan atMost, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        if (_definition is { IsOver: true } || (_feed is { } present && present.Epoch > order.Definition.Epoch))
        {
            return new(IsOver: true);
        }

        if (_feed is null || _feed.Epoch < order.Definition.Epoch || _feed.Done.IsFaulted)
        {
            await LoadAsync(order.Definition);
            Begin(order);
        }

        return await WaitAsync(_feed!, atMost, cancellationToken); // Just begun, if not before.
    }

    public async Task<TapPlace> TapAsync(TapOrder order, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        if (order.Waits && (_feed is null || _feed.Epoch < order.Epoch))
        {
            await _begun.Task.WaitAsync(FeedPatience, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        if (_feed is { } feed && feed.Epoch == order.Epoch)
        {
            return await feed.TapAsync(order);
        }

        var page = await _logs.ReadAsync(_key.SessionId, _key.Channel, 0, items: 0, bytes: 0);
        return page.HasEnded || !order.Waits ? new() { Next = page.End, IsOver = true } : new();
    }

    public Task CloseAsync(CancellationToken cancellationToken)
    {
        CallerContext.Take();
        _definition = _definition is { } definition ? definition with { IsOver = true } : null;
        _defining = null;
        _feed?.Stop();
        _feed = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    /// <summary>What the session says of the channel: asked for by the first call, or told with the feed.</summary>
    private async Task<InputDefinition?> DefineAsync()
    {
        if (_definition is not null)
        {
            return _definition;
        }

        try
        {
            var found = await (_defining ??= GrainFactory.Find<ISessionControl>(_key.SessionId).FindInputAsync(_key.Channel, CancellationToken.None));
            if (found is null || found.IsOver)
            {
                DeactivateOnIdle();
                return found;
            }

            await LoadAsync(found);
            return _definition;
        }
        finally
        {
            _defining = null;
        }
    }

    /// <summary>Finds out how far the log is, where this activation does not know yet.</summary>
    private async Task LoadAsync(InputDefinition definition)
    {
        if (_definition is null)
        {
            // What waits is weighed only where it is bounded; of a recorded log most may have been read long ago.
            var version = _window.Version;
            var page = await _logs.ReadAsync(_key.SessionId, _key.Channel, 0, definition.Channel.Record ? 0 : _window.CreditItems, (int)Math.Min(_window.CreditBytes, int.MaxValue));
            if (_definition is null && version == _window.Version)
            {
                _window.Settle(page.Offset);
                _window.Add(page.Items.Length, page.Items.Sum(item => (long)item.Weight));
                _window.Correct(page.End, version);
            }

            _hasEnded |= page.HasEnded;
        }

        _definition = _definition is { } known && known.Epoch > definition.Epoch ? known : definition;
    }

    private void Begin(InputFeedOrder order)
    {
        if (_feed is null || _feed.Epoch < order.Definition.Epoch)
        {
            // Writers have their time from when somebody listens.
            _heard = _clock.GetUtcNow();
        }

        _feed?.Stop();
        _feed = new(_key, order, _window, _logs, _results, GrainFactory, _clock, _logger, OpenTap);
        _begun.TrySetResult();
        _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private TapLink OpenTap(TapOrder order, long first) => new(
        new TapRoute(order.Tap, GrainFactory), ChannelDelivery.ToTap(order.Tap, order.Writer, order.Epoch, order.Channel, first), _taps.Value, _clock, _tapLogger);

    private async Task<InputFeedReport> WaitAsync(InputFeed feed, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silo.Token);
        var until = _clock.GetUtcNow() + (atMost < LongPoll.LongestTurn ? atMost : LongPoll.LongestTurn);
        while (!feed.Done.IsCompleted && _clock.GetUtcNow() < until && !patience.IsCancellationRequested)
        {
            var lost = _hasEnded ? DateTimeOffset.MaxValue : _heard + Timeout;
            if (lost <= _clock.GetUtcNow())
            {
                if (_definition is { Channel.OnWriterLost: WriterLostPolicy.Fail })
                {
                    return new(IsOver: true, $"Nobody wrote to channel '{_key.Channel}' for {Timeout.TotalSeconds:0.###} s (writerTimeoutSeconds), and the session fails then (onWriterLost).");
                }

                await EndAsync();
                continue;
            }

            await Task.WhenAny(feed.Done, Task.Delay((lost < until ? lost : until) - _clock.GetUtcNow(), _clock, patience.Token));
        }

        if (feed.Done.IsCompleted)
        {
            // One that failed is begun again by the next call.
            await feed.Done;
            return new(IsOver: true);
        }

        return new(IsOver: false);
    }

    private TimeSpan Timeout => _definition?.Channel.WriterTimeout ?? DefaultTimeout;

    /// <summary>The last writer is lost.</summary>
    private async Task EndAsync()
    {
        var ended = await _logs.AppendAsync(_key.SessionId, _definition?.Epoch ?? 1, _key.Channel, new() { Ends = true });
        _hasEnded = true;
        if (ended.Outcome is not InputAppendOutcome.Over)
        {
            _feed?.TellMore();
        }
    }

    private async Task<InputReply> TakeAsync(InputWrite write, InputWriter? writer, CancellationToken cancellationToken)
    {
        if (_definition is not { IsOver: false } definition)
        {
            return await _intake.RecallAsync(write, _definition?.Epoch ?? 1);
        }

        _feed?.Settle();
        var reply = await _intake.TakeAsync(write, writer, definition, cancellationToken);
        _hasEnded |= reply.Outcome is InputOutcome.Ended || (reply.Outcome is InputOutcome.Taken && write.Ends);
        if (reply.Outcome is not InputOutcome.SessionOver)
        {
            return reply;
        }

        _definition = _definition with { IsOver = true };
        return await _intake.RecallAsync(write, definition.Epoch);
    }

    /// <summary>Has what was appended go on to the engines: as it is where its place is known, else the log is read.</summary>
    private void Feed(InputAppend? append, InputRun run)
    {
        if (append is { End: { } end, Appended: > 0 and var count })
        {
            _feed?.Take(end - count, run.Items[^count..]);
        }

        if (append?.End is null || run.Ends)
        {
            _feed?.TellMore();
        }
    }
}
