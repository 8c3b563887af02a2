using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Webhooks;

namespace BlueEdge.Sessions;

/// <summary>What became of the session's webhooks, for those who ask.</summary>
internal sealed partial class SessionGrain
{
    public async Task<ImmutableArray<WebhookSnapshot>?> ReadWebhooksAsync(CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await WakeAsync();
        return ExistsFor(caller)
            ? [.. await Task.WhenAll(Spec.Webhooks.Select(async (webhook, place) => await WebhookAt(place).ReadAsync(cancellationToken) ?? WebhookSink.Unused(webhook)))]
            : null;
    }

    public async Task<WebhookDelivery?> RedeliverAsync(DeliveryId delivery, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Take();
        await WakeAsync();
        return ExistsFor(caller) && delivery.Webhook < Spec.Webhooks.Length ? await WebhookAt(delivery.Webhook).RedeliverAsync(delivery, cancellationToken) : null;
    }

    private IWebhookGrain WebhookAt(int place) => GrainFactory.GetGrain<IWebhookGrain>(WebhookSink.KeyOf(SessionId, place));
}
