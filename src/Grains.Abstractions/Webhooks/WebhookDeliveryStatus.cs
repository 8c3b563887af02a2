namespace BlueEdge.Webhooks;

/// <summary>What became of an event that a webhook is called about.</summary>
[GenerateSerializer, Alias("blueedge.webhook-delivery-status")]
public enum WebhookDeliveryStatus
{
    /// <summary>It has yet to arrive.</summary>
    Waiting = 0,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered = 1,

    /// <summary>All tries failed: it is given up.</summary>
    Failed = 2,

    /// <summary>The receiver answered 410, to this one or to one before it: it wants no more of the session.</summary>
    Disabled = 3,
}
