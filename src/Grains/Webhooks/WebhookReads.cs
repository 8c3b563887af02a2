using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>What became of events, for those who ask, and what they have sent once more.</summary>
internal sealed class WebhookReads(ActiveWebhook webhook, WebhookBacklog backlog, WebhookDeliverer deliverer, WebhookSender sender, TimeProvider clock)
{
    public async Task<WebhookSnapshot?> ReadAsync(DateTimeOffset submittedAt)
    {
        if (webhook.State.Webhook is not { } spec || webhook.State.SubmittedAt != submittedAt)
        {
            return null;
        }

        var left = await backlog.PeekAsync();
        var state = webhook.State;
        var waiting = left.Where(one => one.Number > state.Done && spec.Wants(one) && !state.IsDisabled).Take(WebhookSnapshot.MostDeliveries)
            .Select((one, place) => state.Waiting(one, webhook.IdOf(one.Number).ToString(), isNext: place == 0));
        return WebhookSink.SnapshotOf(spec, state, waiting);
    }

    public async Task<WebhookDelivery?> RedeliverAsync(DeliveryId delivery, CancellationToken cancellationToken)
    {
        if (webhook.State.Webhook is not { } spec || !string.Equals(webhook.IdOf(delivery.Event).ToString(), delivery.ToString(), StringComparison.Ordinal) || await backlog.FindAsync(delivery.Event) is not { } one || !spec.Wants(one))
        {
            return null;
        }

        var id = delivery.ToString();
        var call = await sender.CallAsync(delivery, spec, webhook.State.Channels, one, isUnwritten: false, cancellationToken);
        var attempt = call.Attempt ?? WebhookAttempts.LeftAlone(clock.GetUtcNow());
        if (one.Number <= webhook.State.Done)
        {
            webhook.Change(state => state.Redeliver(one, id, attempt));
        }
        else if (attempt.IsDelivered && (await backlog.NextAsync())?.Number == one.Number)
        {
            webhook.Change(state => state.Succeed(one, id, attempt));
        }
        else
        {
            // Its turn is yet to come.
            return webhook.State.Waiting(one, id, isNext: false) with { LastAttempt = attempt };
        }

        await webhook.SaveAsync();
        _ = deliverer.DeliverSafelyAsync();
        return webhook.State.Past.Last(past => string.Equals(past.Id, id, StringComparison.Ordinal));
    }
}
