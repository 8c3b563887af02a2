using System.Collections.Immutable;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Whom to call about which events.</summary>
internal sealed record WebhookRequest
{
    /// <summary>Types that fire it: <c>finish</c>, <c>sessionStatusChanged</c>, or an engine's own.</summary>
    public required ImmutableArray<string> StatusTypes { get; init; }

    /// <summary>An absolute https address; http only to what the operator lists.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>Headers to send along; their values are stored encrypted, and never shown.</summary>
    public ImmutableDictionary<string, string> CallbackHeader { get; init; } = [];

    /// <summary>The interested channel whose results the body carries; all where it is left out.</summary>
    public string? ResultChan { get; init; }

    /// <summary>The name of one of the operator's secrets to sign with; the usual one where it is left out.</summary>
    public string? Secret { get; init; }
}
