using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Channels.Taps;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.Sessions;
using BlueEdge.Results;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>
/// Has the newest items of a channel that is not kept, for those who listen. It is there only where somebody listens, or the session
/// says that somebody will. What it has dies with it: another begins where the writers are, and its listeners are told of the gap.
/// </summary>
[GrainType("channel-tap"), Reentrant]
#pragma warning disable CA1001 // The source holds nothing to dispose, and calls that end late still look at its token.
internal sealed partial class ChannelTapGrain : Grain, IChannelTapGrain, ITapIntake
#pragma warning restore CA1001
{
    private const int PageItems = 1_000;
    private const int PageBytes = 4 * 1024 * 1024;

    /// <summary>How long a writer waits here for the others to be known; it asks again.</summary>
    private static readonly TimeSpan AttachPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long after a session's end its writers may still bring what they wrote.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);
    private static readonly Backoff Pauses = new(First: TimeSpan.FromMilliseconds(100), Longest: TimeSpan.FromSeconds(2));

    private readonly ChannelKey _key;
    private readonly IInputLogStore _logs;
    private readonly SiloStopping _silo;
    private readonly TapOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TapRing _ring;
    private readonly TapWriters _writers;
    private readonly TapSignal _signal;
    private readonly CancellationTokenSource _deactivated = new();
    private Task<TapDefinition?>? _defining;
    private TapDefinition? _definition;
    private bool _isFollowing;
    private bool _isDone;
    private int _waiting;
    private DateTimeOffset _wanted;

    public ChannelTapGrain(IInputLogStore logs, SiloStopping silo, IOptions<TapOptions> options, TimeProvider clock, ILogger<ChannelTapGrain> logger)
    {
        (_logs, _silo, _options, _clock, _logger) = (logs, silo, options.Value, clock, logger);
        _key = ChannelKey.Parse(this.GetPrimaryKeyString());
        _ring = new(_options.Items, _options.Bytes, _options.Age);
        _writers = new(_key, GrainFactory, clock);
        _signal = new(clock, silo.Token, _deactivated.Token);
    }

    private ISessionControl Session => GrainFactory.Find<ISessionControl>(_key.SessionId);

    /// <summary>Whether somebody listens, or did a moment ago and may come back.</summary>
    private bool IsWanted => _waiting > 0 || _clock.GetUtcNow() < _wanted + _options.Age;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(
            _ =>
            {
                _ring.Trim(_clock.GetUtcNow());
                if (_isDone && !IsWanted)
                {
                    DeactivateOnIdle();
                }

                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(_options.Age / 2, _options.Age / 2) { Interleave = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _deactivated.CancelAsync();

    public async Task<ResultBatch?> FollowAsync(int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        if (await DefineAsync() is not { } definition || !definition.BelongsTo(caller))
        {
            return null;
        }

        Follow();
        _waiting++;
        try
        {
            await _signal.UntilAsync(() => _isDone || _ring.HasNews(epoch, offset), atMost < LongPoll.LongestTurn ? atMost : LongPoll.LongestTurn, cancellationToken);
        }
        finally
        {
            _waiting--;
            _wanted = _clock.GetUtcNow();
        }

        return _definition is null ? null : await RecallAsync(Read(epoch, offset), epoch, offset);
    }

    public async Task<Payload?> ReadAsync(int epoch, long offset, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        _ring.Trim(_clock.GetUtcNow());
        if (await DefineAsync() is not { } definition || !definition.BelongsTo(caller))
        {
            return null;
        }

        var found = epoch == _ring.Epoch ? _ring.Find(offset) : null;
        return found is null && definition.IsRecorded && await ReadLogAsync(offset, atMost: 1) is { Items: [var item] } page && page.Offset == offset ? item : found;
    }

    public async Task<DeliveryReply> TakeAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        if (delivery.Epoch > _ring.Epoch && !_isDone)
        {
            // Numbers begin where all writers are: none may be ahead of another's place.
            Follow();
            if (delivery.Items.IsEmpty || _writers.AreAsked(delivery.Epoch))
            {
                await _signal.UntilAsync(() => _ring.Epoch >= delivery.Epoch || _isDone, AttachPatience, cancellationToken);
            }
        }

        if (_isDone || delivery.Epoch < _ring.Epoch)
        {
            return Reply(delivery) with { Gone = true };
        }

        if (delivery.Epoch > _ring.Epoch)
        {
            return Reply(delivery) with { NotYet = true };
        }

        if (!IsWanted && !_isFollowing && _definition is { IsExpected: false })
        {
            // Whoever listens next has the writers asked anew.
            Forget();
            return Reply(delivery) with { Gone = true };
        }

        var next = delivery.Items.IsEmpty ? delivery.FirstSequence : _ring.Append(delivery.Producer, delivery.FirstSequence, delivery.Items, _clock.GetUtcNow());
        if (delivery.Ended)
        {
            _writers.End(delivery.Producer);
        }

        _signal.Tell();
        return Reply(delivery) with { NextSequence = next };
    }

    private static DeliveryReply Reply(ChannelDelivery delivery) => new() { NextSequence = delivery.FirstSequence, CreditItems = int.MaxValue, CreditBytes = long.MaxValue };

    private ResultBatch Read(int epoch, long offset)
    {
        if (_ring.Epoch == 0)
        {
            return new() { Epoch = epoch, Offset = offset, Items = [], IsLast = _isDone };
        }

        _ring.Trim(_clock.GetUtcNow());
        var page = _ring.Read(epoch == _ring.Epoch ? offset : 0, PageItems, PageBytes);
        return page.ToBatch(_ring.Epoch, isLast: _isDone && page.Offset + page.Items.Length == _ring.Next);
    }

    /// <summary>What is gone, or never was here, of a channel that is recorded is in its log, under the same numbers.</summary>
    private async Task<ResultBatch> RecallAsync(ResultBatch batch, int epoch, long offset)
    {
        var isMissed = batch.HasGap || (_isDone && _ring.Epoch == 0);
        if (_definition is not { IsRecorded: true, Epoch: > 0 and var attempt } || !isMissed)
        {
            return batch;
        }

        var from = epoch == 0 || epoch == attempt ? offset : 0;
        var page = await ReadLogAsync(from, PageItems);
        return page.Items.IsEmpty ? batch : new() { Epoch = attempt, Offset = page.Offset, Items = page.Items, IsLast = _isDone && page.Next >= page.End };
    }

    private Task<InputPage> ReadLogAsync(long offset, int atMost) => _logs.ReadAsync(_key.SessionId, _key.Channel, offset, atMost, PageBytes);

    private void Forget()
    {
        _ring.Clear();
        _writers.Forget();
    }

    /// <summary>What the session says of the channel: asked for by the first call.</summary>
    private async Task<TapDefinition?> DefineAsync()
    {
        if (_definition is null)
        {
            try
            {
                _definition = await (_defining ??= Session.WatchTapAsync(_key.Channel, int.MaxValue, TimeSpan.Zero, CancellationToken.None));
            }
            finally
            {
                _defining = null;
            }

            if (_definition is null)
            {
                DeactivateOnIdle();
            }
        }

        return _definition;
    }

    /// <summary>Has the session watched, unless it is.</summary>
    private void Follow()
    {
        _wanted = _clock.GetUtcNow();
        if (!_isFollowing && !_isDone)
        {
            _isFollowing = true;
            _ = FollowSessionAsync();
        }
    }

    /// <summary>Attaches to the writers of each attempt, as long as somebody wants it, to the session's end.</summary>
    private async Task FollowSessionAsync()
    {
        try
        {
            for (var idle = 0; IsWanted && !_isDone && !_deactivated.IsCancellationRequested;)
            {
                var began = _clock.GetTimestamp();
                idle = await StepAsync() || _clock.GetElapsedTime(began) > Pauses.Longest ? 0 : idle + 1;
                if (idle > 0)
                {
                    // It failed, or the session's silo stops.
                    await Pauses.PauseAsync(idle, _clock, _deactivated.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Another activation goes on.
        }
        finally
        {
            _isFollowing = false;
        }
    }

    /// <summary>Hears from the session once, and does what is due.</summary>
    /// <returns>Whether there was something.</returns>
    private async Task<bool> StepAsync()
    {
        try
        {
            var found = await Session.WatchTapAsync(_key.Channel, _ring.Epoch, Turn, CancellationToken.None).WaitAsync(_deactivated.Token);
            _definition = found;
            if (found?.Writers is { } writers && found.Epoch > _ring.Epoch)
            {
                Begin(found, await _writers.AttachAsync(found.Epoch, writers, isPatient: !found.IsOver));
            }
            else if (found is null or { IsOver: true })
            {
                return await EndAsync();
            }
            else
            {
                await _writers.AskAgainAsync();
                return false;
            }

            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !_deactivated.IsCancellationRequested)
        {
            LogFailed(error, _key);
            return false;
        }
    }

    /// <summary>Begins with an attempt, whose writers send now.</summary>
    private void Begin(TapDefinition found, IReadOnlyList<(string Writer, long? Next)> places)
    {
        // Start data are sent before anything that engines make of them. They have the first numbers where nothing else has any.
        var isFresh = places.All(place => place.Next is 0);
        (string, long?) start = (ChannelEnd.StartData.Name, isFresh ? 0 : found.StartData.Length);
        _ring.Begin(found.Epoch, [.. places, start], _clock.GetUtcNow());
        if (isFresh)
        {
            _ring.Append(ChannelEnd.StartData.Name, 0, found.StartData, _clock.GetUtcNow());
        }

        _signal.Tell();
    }

    /// <summary>The session has ended: what its writers have still to bring is waited for a little.</summary>
    /// <returns>Whether that is settled: not where the silo stops meanwhile, which is nobody's end.</returns>
    private async Task<bool> EndAsync()
    {
        await _signal.UntilAsync(() => _writers.HaveEnded, LastWords, CancellationToken.None);
        if (!_writers.HaveEnded && _silo.Token.IsCancellationRequested)
        {
            return false;
        }

        if (!_writers.HaveEnded)
        {
            _ring.Lose();
        }

        _isDone = true;
        _signal.Tell();
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "The tap of channel {Channel} could not hear from its session or writers; it is tried again")]
    private partial void LogFailed(Exception error, ChannelKey channel);
}
