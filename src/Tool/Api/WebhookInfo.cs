namespace BlueEdge.Tool.Api;

/// <summary>One webhook of a session.</summary>
internal sealed record WebhookInfo
{
    public string CallbackUrl { get; set; } = "";

    public bool Disabled { get; set; }

    public long Delivered { get; set; }

    public long Failed { get; set; }

    public long Dropped { get; set; }

    public IReadOnlyList<DeliveryInfo> Deliveries { get; set; } = [];
}
