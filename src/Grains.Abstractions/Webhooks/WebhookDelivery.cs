namespace BlueEdge.Webhooks;

/// <summary>One event on its way to a receiver.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.webhook-delivery")]
public sealed record WebhookDelivery
{
    /// <summary>The <c>webhook-id</c> that it is sent with, the same with each try; see <see cref="DeliveryId"/>.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The event's type: <c>sessionStatusChanged</c>, <c>nodeStatusChanged</c>, or the one that an engine gave it.</summary>
    [Id(1)]
    public required string Type { get; init; }

    /// <summary>When the event happened.</summary>
    [Id(2)]
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>What became of it so far.</summary>
    [Id(3)]
    public required WebhookDeliveryStatus Status { get; init; }

    /// <summary>How often it has been tried, or would have been if none before it had been in its way.</summary>
    [Id(4)]
    public required int Attempts { get; init; }

    /// <summary>The last try; <see langword="null"/> before the first.</summary>
    [Id(5)]
    public WebhookAttempt? LastAttempt { get; init; }

    /// <summary>When it is tried next; <see langword="null"/> where it is not, or is under way.</summary>
    [Id(6)]
    public DateTimeOffset? NextAttemptAt { get; init; }
}
