using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Sessions;

/// <summary>What became of the session's webhooks, for those who ask: a webhook that has stored something knows best, and of others the session has it.</summary>
internal sealed class SessionWebhooks(ActiveSession session, IGrainFactory grains)
{
    public async Task<ImmutableArray<WebhookSnapshot>?> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        return session.ExistsFor(caller) ? [.. await Task.WhenAll(session.Spec.Webhooks.Select((webhook, place) => ReadAsync(webhook, place, cancellationToken)))] : null;
    }

    public async Task<WebhookDelivery?> RedeliverAsync(Caller caller, DeliveryId delivery, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        if (!session.ExistsFor(caller) || delivery.Webhook >= session.Spec.Webhooks.Length)
        {
            return null;
        }

        var (grain, webhook) = (At(delivery.Webhook), session.Spec.Webhooks[delivery.Webhook]);
        if (ClosedAt(delivery.Webhook) is { } closed)
        {
            await grain.TakeAsync(WebhookSink.NewsOf(webhook, session.Listened, closed), cancellationToken);
        }

        return await grain.RedeliverAsync(delivery, cancellationToken);
    }

    private async Task<WebhookSnapshot> ReadAsync(WebhookSpec webhook, int place, CancellationToken cancellationToken) =>
        await At(place).ReadAsync(session.State.SubmittedAt, cancellationToken) ?? WebhookSink.SnapshotOf(webhook, ClosedAt(place) ?? new(), waiting: []);

    /// <summary>Also before it is stored.</summary>
    private WebhookState? ClosedAt(int place) => session.ClosedWebhooks.GetValueOrDefault(place) ?? session.State.ClosedWebhooks?.GetValueOrDefault(place);

    private IWebhookGrain At(int place) => grains.GetGrain<IWebhookGrain>(WebhookSink.KeyOf(session.Id, place));
}
