using System.Collections.Immutable;

namespace BlueEdge.Sessions;

/// <summary>Whom to call about which events of a session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.webhook-spec")]
public sealed record WebhookSpec
{
    /// <summary>Types that fire it: <c>finish</c>, <c>sessionStatusChanged</c>, or an engine's own.</summary>
    [Id(0)]
    public required ImmutableArray<string> StatusTypes { get; init; }

    /// <summary>An absolute https address; http only to what the operator lists in <c>BlueEdge:Outbound:Allow</c>.</summary>
    [Id(1)]
    public required Uri CallbackUrl { get; init; }

    /// <summary>Headers to send along. Empty by default. Their values are stored encrypted.</summary>
    [Id(2)]
    public ImmutableDictionary<string, string> CallbackHeader { get; init; } = [];

    /// <summary>The interested channel whose results the body carries, or <see langword="null"/> for all.</summary>
    [Id(3)]
    public string? ResultChannel { get; init; }

    /// <summary>The name of one of the operator's secrets (<c>BlueEdge:Webhooks:Secrets</c>) to sign with instead of the usual one; <see langword="null"/> by default.</summary>
    [Id(4)]
    public string? Secret { get; init; }
}
