using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Delivers what is left, one event after the other, until nothing is or the receiver is to be left in peace for a while.</summary>
internal sealed partial class WebhookDeliverer(
    ActiveWebhook webhook,
    WebhookBacklog backlog,
    WebhookAlarm alarm,
    WebhookSender sender,
    IGrainBase grain,
    WebhookMetrics metrics,
    IOptions<WebhookOptions> options,
    IOptions<SessionOptions> sessionOptions,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>When to try again what the store did not let it do.</summary>
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(5);

    /// <summary>By so much at most the calls of an address that was left alone come apart.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(1);

    private Task _delivering = Task.CompletedTask;

    /// <summary>Whether the receiver is left in peace now.</summary>
    public bool IsResting => webhook.State.NextTry > clock.GetUtcNow();

    /// <summary>Delivers what there is, unless that is under way.</summary>
    public Task DeliverAsync() => _delivering.IsCompleted ? _delivering = DeliverAllAsync() : _delivering;

    /// <summary>The same where nobody waits for it: what the store is against is tried again.</summary>
    public async Task DeliverSafelyAsync()
    {
        try
        {
            await DeliverAsync();
        }
        catch (Exception error) when (!webhook.Deactivated.IsCancellationRequested)
        {
            LogFailed(error, webhook.SessionId, webhook.Place);
            alarm.WakeIn(StorePause, DeliverSafelyAsync);
        }
    }

    /// <summary>From now on it looks itself for what is left, and is woken to do so; once that is stored nothing else need be.</summary>
    /// <param name="endedAt">When the session ended; <see langword="null"/> where that is known, or it has not.</param>
    public async Task FallBehindAsync(DateTimeOffset? endedAt)
    {
        webhook.Change(state => state.FallBehind(endedAt));
        if (WillOutliveTheSession())
        {
            await backlog.CarryAsync();
        }

        if (!webhook.IsStoredAsBehind)
        {
            await SaveAsync();
        }
    }

    private async Task DeliverAllAsync()
    {
        while (!IsResting)
        {
            if (await backlog.NextAsync() is { } one)
            {
                await DeliverAsync(one);
            }
            else if (webhook.State.Done >= backlog.Known)
            {
                // Nothing came while it looked.
                await CatchUpAsync();
                return;
            }
        }

        // Also where a timer came a little too early.
        alarm.WakeIn(webhook.State.NextTry!.Value - clock.GetUtcNow(), DeliverSafelyAsync); // It rests until then.
    }

    private async Task DeliverAsync(SessionEvent one)
    {
        var state = webhook.State;
        var spec = state.Webhook!; // Nothing is brought without.
        if (state.IsDisabled || !spec.Wants(one))
        {
            webhook.Change(current => current.Skip(one));
            return;
        }

        var id = webhook.IdOf(one.Number);
        var began = clock.GetUtcNow();
        var call = await sender.CallAsync(id, spec, state.Channels, one, backlog.IsUnwritten(one), webhook.Deactivated);
        WebhookTraces.Tell(state.Trace, id, call, began, clock.GetUtcNow());
        if (webhook.State.Done >= one.Number)
        {
            // Somebody had it sent meanwhile.
            return;
        }

        if (call.Attempt is not { } attempt)
        {
            webhook.Change(current => current.Postpone((call.LeftAloneUntil ?? clock.GetUtcNow()) + (Random.Shared.NextDouble() * Spread)));
        }
        else if (attempt.IsDelivered)
        {
            webhook.Change(current => current.Succeed(one, id.ToString(), attempt));
            return;
        }
        else if (call.IsUnwanted)
        {
            webhook.Change(current => current.Disable(one, id.ToString(), attempt));
            return;
        }
        else
        {
            Fail(one, id.ToString(), attempt, call.RetryAfter);
        }

        if (!webhook.State.IsClosed)
        {
            await FallBehindAsync(null);
        }

        if (call.Attempt is not null && !webhook.IsSaved && !webhook.State.IsClosed)
        {
            // The try counts. That an address is left alone does not.
            await SaveAsync();
        }
    }

    private async Task SaveAsync()
    {
        await alarm.RemindAsync(webhook.State.NextTry);
        await webhook.SaveAsync();
    }

    private void Fail(SessionEvent one, string id, WebhookAttempt attempt, DateTimeOffset? retryAfter)
    {
        var pauses = options.Value.Delays.Select(pause => pause * (1 + (options.Value.Jitter * ((2 * Random.Shared.NextDouble()) - 1)))).ToList();
        webhook.Change(state => state.Fail(one, id, attempt, retryAfter, pauses));
        if (webhook.State.Done == one.Number)
        {
            metrics.GaveUp();
            LogGivenUp(webhook.SessionId, webhook.Place, id, attempt.Error);
        }
    }

    /// <summary>Whether the session, and its log, will be forgotten before the next try.</summary>
    private bool WillOutliveTheSession() => webhook.State is { IsCarrying: false, EndedAt: { } endedAt } state
        && (state.NextTry ?? clock.GetUtcNow()) + WebhookAlarm.LongestStay >= endedAt + sessionOptions.Value.Retention;

    private async Task CatchUpAsync()
    {
        webhook.Change(state => state.CatchUp());
        if (alarm.IsSet || (webhook.State.IsClosed && !webhook.CanHandOver))
        {
            await webhook.SaveAsync();
            await alarm.ForgetAsync();
        }

        if (webhook.State.IsClosed)
        {
            grain.DeactivateOnIdle();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Session {SessionId}: event {DeliveryId} is given up after its last try and was not delivered to webhook {Place}: {Error} POST …/webhooks/{{deliveryId}}/redeliver sends it again.")]
    private partial void LogGivenUp(string sessionId, int place, string deliveryId, string? error);

    [LoggerMessage(LogLevel.Warning, "Session {SessionId}: webhook {Place} could not go on; it is tried again in 5 s.")]
    private partial void LogFailed(Exception error, string sessionId, int place);
}
