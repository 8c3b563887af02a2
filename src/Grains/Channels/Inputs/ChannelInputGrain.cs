using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Channels.Inputs;
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
    /// <summary>Writers that a channel has at most: the log keeps a number for each.</summary>
    private const int MostWriters = 10_000;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly ChannelKey _key;
    private readonly IInputLogStore _logs;
    private readonly IResultStore _results;
    private readonly StartBlobs _blobs;
    private readonly ClaimCheck _claimCheck;
    private readonly SiloStopping _silo;
    private readonly IOptions<SessionLimits> _limits;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly InputWindow _window;
    private readonly Dictionary<string, InputWriter> _writers = new(StringComparer.Ordinal);
    private Task<InputDefinition?>? _defining;
    private InputDefinition? _definition;
    private InputFeed? _feed;
    private DateTimeOffset _heard;
    private bool _hasEnded;

    public ChannelInputGrain(
        IInputLogStore logs,
        IResultStore results,
        StartBlobs blobs,
        ClaimCheck claimCheck,
        SiloStopping silo,
        IOptions<ChannelOptions> options,
        IOptions<SessionLimits> limits,
        TimeProvider clock,
        ILogger<ChannelInputGrain> logger)
    {
        (_logs, _results, _blobs, _claimCheck, _silo) = (logs, results, blobs, claimCheck, silo);
        (_limits, _clock, _logger) = (limits, clock, logger);
        _key = ChannelKey.Parse(this.GetPrimaryKeyString());
        _window = new(options.Value.InputItems, options.Value.InputBytes);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _feed?.Stop();
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
            return new() { Outcome = InputOutcome.SessionOver };
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

        if (!_writers.TryGetValue(write.Writer, out var writer))
        {
            if (_writers.Count == MostWriters)
            {
                return new() { Outcome = InputOutcome.Refused, Reason = $"The channel has {MostWriters} writers already, which is all that it may have: write by the name of one of them." };
            }

            _writers.Add(write.Writer, writer = new());
        }

        return await writer.InTurnAsync(() => TakeAsync(write, writer, cancellationToken));
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
        _feed = new(_key, order, _window, _logs, _results, GrainFactory, _clock, _logger);
    }

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

    /// <summary>Stores what the log does not have, where there is room for it.</summary>
    private async Task<InputReply> TakeAsync(InputWrite write, InputWriter? writer, CancellationToken cancellationToken)
    {
        if (_definition is not { IsOver: false } definition)
        {
            return new() { Outcome = InputOutcome.SessionOver };
        }

        _feed?.Settle();
        var run = new InputRun { Writer = write.Writer, FirstSequence = write.FirstSequence, Items = write.Items, Ends = write.Ends };
        if (writer is not null && !run.Items.IsEmpty && !_window.HasRoom)
        {
            // Only what is new needs room.
            writer.Next ??= (await _logs.AppendAsync(_key.SessionId, definition.Epoch, _key.Channel, new() { Writer = write.Writer })).NextSequence;
        }

        if (writer is { Next: { } next })
        {
            if (next < run.FirstSequence && !run.Items.IsEmpty)
            {
                return Reply(InputOutcome.Gap, next);
            }

            run = run.From(next);
            if (run.Items.IsEmpty && !run.Ends && !write.Items.IsEmpty)
            {
                return Reply(InputOutcome.Taken, next);
            }
        }

        if (!run.Items.IsEmpty && !_window.HasRoom)
        {
            return Reply(InputOutcome.NoRoom, writer?.Next ?? 0);
        }

        // Held before anything is awaited: others come meanwhile.
        var (items, bytes, appended) = (run.Items.Length, run.Items.Sum(item => (long)item.Weight), 0);
        _window.Hold(items, bytes);
        try
        {
            var (stored, fault) = await StoreLargeAsync(run, cancellationToken);
            if (fault is not null)
            {
                return new() { Outcome = InputOutcome.Refused, Reason = fault };
            }

            var append = await _logs.AppendAsync(_key.SessionId, definition.Epoch, _key.Channel, stored);
            appended = append.Appended;
            return Note(append, run, writer);
        }
        catch
        {
            // It may have been appended all the same.
            Know(writer, next: null);
            throw;
        }
        finally
        {
            _window.Release(items, bytes, appended);
            _feed?.TellMore();
        }
    }

    /// <summary>What the log made of a run, for the writer and for what is known of the log.</summary>
    private InputReply Note(InputAppend append, InputRun run, InputWriter? writer)
    {
        if (append.Outcome is InputAppendOutcome.Over)
        {
            _definition = _definition is { } definition ? definition with { IsOver = true } : null;
            return new() { Outcome = InputOutcome.SessionOver };
        }

        _hasEnded |= append.Outcome is InputAppendOutcome.Ended || (append.Outcome is InputAppendOutcome.Taken && run.Ends);
        Know(writer, append.NextSequence);
        var outcome = append.Outcome switch
        {
            InputAppendOutcome.Taken => InputOutcome.Taken,
            InputAppendOutcome.Gap => InputOutcome.Gap,
            _ => InputOutcome.Ended,
        };
        return Reply(outcome, append.NextSequence);
    }

    private static void Know(InputWriter? writer, long? next)
    {
        if (writer is not null)
        {
            writer.Next = next;
        }
    }

    /// <summary>The run with what is large in the blob store, and the uploads that it names shared, so that they live as long as the session.</summary>
    /// <returns>The run, and why it is refused where it names an upload that is not there.</returns>
    private async Task<(InputRun Run, string? Fault)> StoreLargeAsync(InputRun run, CancellationToken cancellationToken)
    {
        // As start data are stored: they are of the same kinds.
        var spec = new SessionSpec { Channels = [], Nodes = [], StartData = [.. run.Items.Select(item => new StartDataSpec { Channel = _key.Channel, Payload = item })] };
        if (await _blobs.FindFaultsAsync(spec, cancellationToken) is { Listed: [var first, ..] })
        {
            return (run, first.Message);
        }

        var shared = await _blobs.ShareAsync(_key.SessionId, spec, cancellationToken);
        var stored = await _claimCheck.ApplyAsync(_key.SessionId, shared, cancellationToken);
        return ReferenceEquals(stored, spec) ? (run, null) : (run with { Items = [.. stored.StartData.Select(data => data.Payload)] }, null);
    }

    private InputReply Reply(InputOutcome outcome, long next) =>
        new() { Outcome = outcome, NextSequence = next, CreditItems = _window.CreditItems, CreditBytes = _window.CreditBytes };
}
