using System.ComponentModel.DataAnnotations;
using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>An event on its way to a receiver.</summary>
internal sealed record DeliveryResponse
{
    /// <summary>The <c>webhook-id</c> that it is sent with, the same with each try.</summary>
    public required string Id { get; init; }

    /// <summary>The event's type, one of the webhook's <c>statusTypes</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>What became of it so far: waiting, delivered, failed once it is given up, or disabled where the receiver wants no more.</summary>
    [AllowedValues("waiting", "delivered", "failed", "disabled", "unknown")]
    public required string Status { get; init; }

    /// <summary>How often it was tried, or would have been if none before it had been in its way.</summary>
    public required int Attempts { get; init; }

    /// <summary>The last try; left out before the first.</summary>
    public DeliveryAttemptResponse? LastAttempt { get; init; }

    /// <summary>When it is tried next; left out where it is not, or is under way.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public static DeliveryResponse From(WebhookDelivery delivery) => new()
    {
        Id = delivery.Id,
        Type = delivery.Type,
        HappenedAt = delivery.HappenedAt,
        Status = delivery.Status switch
        {
            WebhookDeliveryStatus.Waiting => "waiting",
            WebhookDeliveryStatus.Delivered => "delivered",
            WebhookDeliveryStatus.Failed => "failed",
            WebhookDeliveryStatus.Disabled => "disabled",
            _ => "unknown",
        },
        Attempts = delivery.Attempts,
        LastAttempt = delivery.LastAttempt is { } last ? DeliveryAttemptResponse.From(last) : null,
        NextAttemptAt = delivery.NextAttemptAt,
    };
}
