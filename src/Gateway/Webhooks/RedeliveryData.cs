namespace BlueEdge.Gateway.Webhooks;

/// <summary>An event that was sent again.</summary>
internal sealed record RedeliveryData
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The delivery as it is now.</summary>
    public required DeliveryResponse Delivery { get; init; }
}
