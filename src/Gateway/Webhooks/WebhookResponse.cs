using System.Collections.Immutable;
using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>One webhook of a session, and what became of its events.</summary>
internal sealed record WebhookResponse
{
    /// <summary>Where it calls, without the query, which may hold secrets.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>Whether the receiver answered 410: it is called no more.</summary>
    public required bool Disabled { get; init; }

    /// <summary>How many events arrived.</summary>
    public required long Delivered { get; init; }

    /// <summary>How many were given up after their last try.</summary>
    public required long Failed { get; init; }

    /// <summary>How many of the session's events were gone before it was called about them.</summary>
    public required long Dropped { get; init; }

    /// <summary>The newest events that it is called about, in their order: up to 50 that are done with, and up to 50 that wait.</summary>
    public required ImmutableArray<DeliveryResponse> Deliveries { get; init; }

    public static WebhookResponse From(WebhookSnapshot webhook) => new()
    {
        CallbackUrl = webhook.CallbackUrl,
        Disabled = webhook.IsDisabled,
        Delivered = webhook.Delivered,
        Failed = webhook.Failed,
        Dropped = webhook.Dropped,
        Deliveries = [.. webhook.Deliveries.Select(DeliveryResponse.From)],
    };
}
