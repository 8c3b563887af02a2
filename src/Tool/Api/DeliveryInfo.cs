namespace BlueEdge.Tool.Api;

/// <summary>An event on its way to a receiver.</summary>
internal sealed record DeliveryInfo
{
    public string Id { get; set; } = "";

    public string Type { get; set; } = "";

    public DateTimeOffset HappenedAt { get; set; }

    public string Status { get; set; } = "";

    public int Attempts { get; set; }

    public AttemptInfo? LastAttempt { get; set; }

    public DateTimeOffset? NextAttemptAt { get; set; }
}
