namespace BlueEdge.Gateway.Webhooks;

/// <summary>The envelope of what came of a test.</summary>
internal sealed record WebhookTestResponse
{
    /// <summary>Always <c>success</c>: the call was made, whatever came back.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>What came back.</summary>
    public required WebhookTestData Data { get; init; }
}
