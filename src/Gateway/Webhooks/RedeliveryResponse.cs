using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>The envelope of an event that was sent again.</summary>
internal sealed record RedeliveryResponse
{
    /// <summary>Always <c>success</c>: the call was made, whatever came back.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>What came of it.</summary>
    public required RedeliveryData Data { get; init; }

    public static RedeliveryResponse From(string sessionId, WebhookDelivery delivery) =>
        new() { Data = new() { SessionId = sessionId, Delivery = DeliveryResponse.From(delivery) } };
}
