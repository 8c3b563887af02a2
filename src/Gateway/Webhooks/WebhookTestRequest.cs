using System.Collections.Immutable;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>Whom to call with a test.</summary>
internal sealed record WebhookTestRequest
{
    /// <summary>An absolute https address; http only to what the operator lists.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>Headers to send along; they are not kept.</summary>
    public ImmutableDictionary<string, string> CallbackHeader { get; init; } = [];

    /// <summary>The name of one of the operator's secrets to sign with; the usual one where it is left out.</summary>
    public string? Secret { get; init; }
}
