using System.Collections.Immutable;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>A session's webhooks.</summary>
internal sealed record SessionWebhooksData
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Its webhooks, in the order of its submission.</summary>
    public required ImmutableArray<WebhookResponse> Webhooks { get; init; }
}
