using System.Globalization;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Storage;
using BlueEdge.Sessions.Events;
using BlueEdge.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;

namespace BlueEdge.Grains.Webhooks;

/// <summary>
/// Delivers events, one after the other. While the receiver answers in time it stores nothing: who brings events brings them again
/// until they are delivered. Once that takes long or fails it writes down how far it has come, reads the session's own events from there
/// on, and has a reminder wake it.
/// </summary>
[GrainType("webhook"), Reentrant, PreferLocalPlacement]
#pragma warning disable CA1001 // They hold nothing to dispose, and what ends late still looks at them.
internal sealed partial class WebhookGrain(
#pragma warning restore CA1001
    [PersistentState("webhook", ExpiringStates.Name)] IPersistentState<WebhookState> stored,
    WebhookSender sender,
    ISessionStore sessions,
    WebhookMetrics metrics,
    IOptions<WebhookOptions> options,
    IOptions<SessionOptions> sessionOptions,
    TimeProvider clock,
    ILogger<WebhookGrain> logger) : Grain, IWebhookGrain, IRemindable
{
    private const string RetryReminder = "retry";

    /// <summary>How long those who bring events wait for them to be delivered, and other webhooks of the session with them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>For shorter than this it stays in memory.</summary>
    private static readonly TimeSpan LongestStay = TimeSpan.FromMinutes(2);

    /// <summary>The shortest that there is.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>What is in memory wakes by itself before its reminder comes.</summary>
    private static readonly TimeSpan ReminderMargin = TimeSpan.FromSeconds(5);

    /// <summary>When to try again what the store did not let it do.</summary>
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _deactivated = new();
    private readonly SemaphoreSlim _saving = new(1);

    /// <summary>Events that were brought, and are to be delivered yet; where it is behind, the store has the others.</summary>
    private readonly Queue<SessionEvent> _brought = new();
    private WebhookState _state = new();
    private WebhookState _saved = new();
    private long _known;
    private Task _delivering = Task.CompletedTask;
    private IGrainTimer? _timer;

    private string SessionId => this.GetPrimaryKeyString().Split('/')[0];

    private int Place => int.Parse(this.GetPrimaryKeyString().Split('/')[1], CultureInfo.InvariantCulture);

    private bool IsResting => _state.NextTry > clock.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state = _saved = stored.State;
        if (_state.IsBehind)
        {
            metrics.Behind(1);
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _deactivated.CancelAsync();
        if (_state.IsBehind)
        {
            metrics.Behind(-1);
        }

        if (!_state.Past.IsEmpty)
        {
            await SaveAsync();
        }
    }

    public async Task TakeAsync(WebhookNews news, CancellationToken cancellationToken)
    {
        Accept(news);
        using var patience = new CancellationTokenSource(Patience, clock);
        var timeout = Task.Delay(Timeout.InfiniteTimeSpan, clock, patience.Token);
        while (_state.Done < news.UpTo && !IsResting && !timeout.IsCompleted)
        {
            if (await Task.WhenAny(DeliverAsync(), timeout) != timeout)
            {
                await _delivering;
            }
        }

        if (_state.Done < news.UpTo)
        {
            // Whoever brought them is free of them.
            await FallBehindAsync(news.Events is [.., var last] && last.IsEnd() ? last.At : null);
            _ = DeliverSafelyAsync();
        }
    }

    public async Task<WebhookSnapshot?> ReadAsync(DateTimeOffset submittedAt, CancellationToken cancellationToken)
    {
        if (_state.Webhook is not { } webhook || _state.SubmittedAt != submittedAt)
        {
            return null;
        }

        var left = _state.IsCarrying ? _state.Carried : _state.IsBehind ? await sessions.ReadEventsAsync(SessionId, _state.Done, SessionEventPage.Most) : [.. _brought];
        var waiting = left.Where(one => one.Number > _state.Done && webhook.Wants(one) && !_state.IsDisabled).Take(WebhookSnapshot.MostDeliveries)
            .Select((one, place) => _state.Waiting(one, IdOf(one), isNext: place == 0));
        return new()
        {
            CallbackUrl = WebhookSink.AddressOf(webhook),
            IsDisabled = _state.IsDisabled,
            Delivered = _state.Delivered,
            Failed = _state.Failed,
            Dropped = _state.Dropped,
            Deliveries = [.. _state.Past, .. waiting],
        };
    }

    public async Task<WebhookDelivery?> RedeliverAsync(DeliveryId id, CancellationToken cancellationToken)
    {
        if (_state.Webhook is not { } webhook || !string.Equals(IdOf(id.Event), id.ToString(), StringComparison.Ordinal) || await FindAsync(id.Event) is not { } one || !webhook.Wants(one))
        {
            return null;
        }

        var call = await sender.CallAsync(id, webhook, _state.Channels, one, cancellationToken);
        var attempt = call.Attempt ?? new() { At = clock.GetUtcNow(), Duration = TimeSpan.Zero, Error = "The address does not answer, and is left alone for some seconds." };
        if (one.Number > _state.Done)
        {
            if (!attempt.IsDelivered || (await NextAsync())?.Number != one.Number)
            {
                // Its turn is yet to come.
                return _state.Waiting(one, id.ToString(), isNext: false) with { LastAttempt = attempt };
            }

            _state = _state.Succeed(one, id.ToString(), attempt);
        }
        else
        {
            _state = _state.Redeliver(one, id.ToString(), attempt);
        }

        await SaveAsync();
        _ = DeliverSafelyAsync();
        return _state.Past.Last(delivery => string.Equals(delivery.Id, id.ToString(), StringComparison.Ordinal));
    }

    /// <summary>Wakes it where it was not in memory.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await DeliverSafelyAsync();
        if (!_state.IsBehind)
        {
            await ForgetReminderAsync();
        }
    }

    private void Accept(WebhookNews news)
    {
        var taken = _state.Take(news);
        if (taken.SubmittedAt != _state.SubmittedAt)
        {
            _brought.Clear();
            _known = 0;
        }

        _state = taken;
        foreach (var one in news.Events.Where(one => one.Number > Math.Max(_known, _state.Done) && !_state.IsBehind))
        {
            _brought.Enqueue(one);
        }

        _known = Math.Max(_known, news.UpTo);
    }

    private async Task FallBehindAsync(DateTimeOffset? endedAt)
    {
        if (!_state.IsBehind)
        {
            metrics.Behind(1);
        }

        _state = _state.FallBehind(endedAt);
        await CarryAsync();
        if (!ReferenceEquals(_state, _saved))
        {
            await RemindAsync();
            await SaveAsync();
        }
    }

    /// <summary>Delivers what there is, unless that is under way.</summary>
    private Task DeliverAsync() => _delivering.IsCompleted ? _delivering = DeliverAllAsync() : _delivering;

    private async Task DeliverAllAsync()
    {
        while (!IsResting)
        {
            if (await NextAsync() is { } one)
            {
                await DeliverAsync(one);
            }
            else if (_state.Done >= _known)
            {
                // Nothing came while it looked.
                await CatchUpAsync();
                return;
            }
        }

        // Also where a timer came a little too early.
        WakeIn(_state.NextTry!.Value - clock.GetUtcNow()); // It rests until then.
    }

    /// <summary>The same where nobody waits for it: what the store is against is tried again.</summary>
    private async Task DeliverSafelyAsync()
    {
        try
        {
            await DeliverAsync();
        }
        catch (Exception error) when (!_deactivated.IsCancellationRequested)
        {
            LogFailed(error, SessionId, Place);
            WakeIn(StorePause);
        }
    }

    /// <summary>The next event, wanted or not; <see langword="null"/> where there is none.</summary>
    private async Task<SessionEvent?> NextAsync()
    {
        while (true)
        {
            if (_state.IsCarrying)
            {
                return _state.Carried is [var carried, ..] ? carried : DropRest();
            }

            while (_brought.TryPeek(out var brought))
            {
                if (brought.Number > _state.Done)
                {
                    return brought;
                }

                _brought.Dequeue();
            }

            if (!_state.IsBehind)
            {
                _state = _state.Done < _known ? _state with { Done = _known } : _state;
                return null;
            }

            var (done, known) = (_state.Done, _known);
            var read = await sessions.ReadEventsAsync(SessionId, done, SessionEventPage.Most);
            if (_state.Done != done || _brought.Count > 0)
            {
                continue;
            }

            if (read is [var first, ..])
            {
                Drop(first.Number - 1);
                foreach (var one in read)
                {
                    _brought.Enqueue(one);
                }
            }
            else
            {
                return known > done || _state.EndedAt is not null ? DropRest() : null;
            }
        }
    }

    /// <summary>What was left is gone: the session's retention is over.</summary>
    private SessionEvent? DropRest()
    {
        Drop(_known);
        if (!_state.IsClosed)
        {
            LogDropped(SessionId, Place, _state.Done, "last");
            metrics.Dropped(1);
            _state = _state.DropRest();
        }

        return null;
    }

    private async Task DeliverAsync(SessionEvent one)
    {
        var webhook = _state.Webhook!; // Nothing is brought without.
        if (_state.IsDisabled || !webhook.Wants(one))
        {
            _state = _state.Skip(one);
            return;
        }

        var id = new DeliveryId(SessionId, _state.SubmittedAt, Place, one.Number);
        var (began, trace) = (clock.GetUtcNow(), _state.Trace);
        var call = await sender.CallAsync(id, webhook, _state.Channels, one, _deactivated.Token);
        WebhookTraces.Tell(trace, id, call, began, clock.GetUtcNow());
        if (_state.Done >= one.Number)
        {
            // Somebody had it sent meanwhile.
            return;
        }

        if (call.Attempt is not { } attempt)
        {
            _state = _state.Postpone((call.RetryAt ?? clock.GetUtcNow()) + (Random.Shared.NextDouble() * Patience));
        }
        else if (attempt.IsDelivered)
        {
            _state = _state.Succeed(one, id.ToString(), attempt);
            return;
        }
        else if (call.IsUnwanted)
        {
            _state = _state.Disable(one, id.ToString(), attempt);
            return;
        }
        else
        {
            Fail(one, id.ToString(), attempt, call.RetryAt);
        }

        await FallBehindAsync(null);
    }

    private void Fail(SessionEvent one, string id, WebhookAttempt attempt, DateTimeOffset? retryAt)
    {
        var pauses = options.Value.Delays.Select(pause => pause * (1 + (options.Value.Jitter * ((2 * Random.Shared.NextDouble()) - 1)))).ToList();
        _state = _state.Fail(one, id, attempt, retryAt, pauses);
        if (_state.Done == one.Number)
        {
            metrics.GaveUp();
            LogGivenUp(SessionId, Place, id, attempt.Error);
        }
    }

    private void Drop(long upTo)
    {
        if (upTo > _state.Done)
        {
            metrics.Dropped(upTo - _state.Done);
            LogDropped(SessionId, Place, _state.Done + 1, upTo.ToString(CultureInfo.InvariantCulture));
            _state = _state.Drop(upTo);
        }
    }

    /// <summary>Takes along what is left where the session will be forgotten before the next try.</summary>
    private async Task CarryAsync()
    {
        if (_state.IsCarrying || _state.EndedAt is not { } endedAt || (_state.NextTry ?? clock.GetUtcNow()) + LongestStay < endedAt + sessionOptions.Value.Retention)
        {
            return;
        }

        List<SessionEvent> left = [];
        for (var after = _state.Done; await sessions.ReadEventsAsync(SessionId, after, SessionEventPage.Most) is { IsEmpty: false } page; after = page[^1].Number)
        {
            left.AddRange(page);
        }

        _state = _state.Carry(left);
    }

    private async Task CatchUpAsync()
    {
        if (_state.IsBehind)
        {
            metrics.Behind(-1);
            _state = _state.CatchUp();
            await SaveAsync();
            await ForgetReminderAsync();
        }

        if (_state.IsClosed)
        {
            await SaveAsync();
            DeactivateOnIdle();
        }
    }

    /// <summary>Has it wake by itself while it is in memory; where that is for too long, only by its reminder.</summary>
    private void WakeIn(TimeSpan due)
    {
        due = due > TimeSpan.Zero ? due : TimeSpan.Zero;
        _timer?.Dispose();
        if (due > LongestStay)
        {
            return;
        }

        DelayDeactivation(due + LongestStay);
        _timer = this.RegisterGrainTimer(
            _ => DeliverSafelyAsync(), new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private Task<IGrainReminder> RemindAsync()
    {
        var due = _state.NextTry - clock.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        return this.RegisterOrUpdateReminder(RetryReminder, due + ReminderMargin, ReminderPeriod);
    }

    private async Task ForgetReminderAsync()
    {
        if (await this.GetReminder(RetryReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    private async Task SaveAsync()
    {
        await _saving.WaitAsync();
        try
        {
            if (_state is var state && !ReferenceEquals(state, _saved))
            {
                stored.State = state;
                await stored.WriteStateAsync();
                _saved = state;
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    private async Task<SessionEvent?> FindAsync(long number)
    {
        var found = _state.Carried.FirstOrDefault(one => one.Number == number)
            ?? _brought.FirstOrDefault(one => one.Number == number)
            ?? (await sessions.ReadEventsAsync(SessionId, number - 1, 1)).FirstOrDefault();
        return found?.Number == number ? found : null;
    }

    private string IdOf(SessionEvent one) => IdOf(one.Number);

    private string IdOf(long number) => new DeliveryId(SessionId, _state.SubmittedAt, Place, number).ToString();

    [LoggerMessage(LogLevel.Warning, "Session {SessionId}: event {DeliveryId} is given up after its last try and was not delivered to webhook {Place}: {Error} POST …/webhooks/{{deliveryId}}/redeliver sends it again.")]
    private partial void LogGivenUp(string sessionId, int place, string deliveryId, string? error);

    [LoggerMessage(LogLevel.Error, "Session {SessionId}: events {First} to {Last} were gone before webhook {Place} was called about them: there were too many, or the session's retention was over.")]
    private partial void LogDropped(string sessionId, int place, long first, string last);

    [LoggerMessage(LogLevel.Warning, "Session {SessionId}: webhook {Place} could not go on; it is tried again in 5 s.")]
    private partial void LogFailed(Exception error, string sessionId, int place);
}
