using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Sessions;

/// <summary>What became of the session's webhooks, for those who ask.</summary>
internal sealed class SessionWebhooks(ActiveSession session, IGrainFactory grains)
{
    public async Task<ImmutableArray<WebhookSnapshot>?> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        return session.ExistsFor(caller)
            ? [.. await Task.WhenAll(session.Spec.Webhooks.Select(async (webhook, place) => await At(place).ReadAsync(session.State.SubmittedAt, cancellationToken) ?? WebhookSink.Unused(webhook)))]
            : null;
    }

    public async Task<WebhookDelivery?> RedeliverAsync(Caller caller, DeliveryId delivery, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        return session.ExistsFor(caller) && delivery.Webhook < session.Spec.Webhooks.Length ? await At(delivery.Webhook).RedeliverAsync(delivery, cancellationToken) : null;
    }

    private IWebhookGrain At(int place) => grains.GetGrain<IWebhookGrain>(WebhookSink.KeyOf(session.Id, place));
}
