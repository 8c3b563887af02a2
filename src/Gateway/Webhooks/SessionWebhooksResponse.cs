using System.Collections.Immutable;
using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>The envelope of a session's webhooks.</summary>
internal sealed record SessionWebhooksResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The webhooks.</summary>
    public required SessionWebhooksData Data { get; init; }

    public static SessionWebhooksResponse From(string sessionId, ImmutableArray<WebhookSnapshot> webhooks) =>
        new() { Data = new() { SessionId = sessionId, Webhooks = [.. webhooks.Select(WebhookResponse.From)] } };
}
