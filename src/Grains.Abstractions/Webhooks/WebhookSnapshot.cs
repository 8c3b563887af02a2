using System.Collections.Immutable;

namespace BlueEdge.Webhooks;

/// <summary>One webhook of a session, and what became of its events.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.webhook-snapshot")]
public sealed record WebhookSnapshot
{
    /// <summary>The most deliveries that one shows, the newest.</summary>
    public const int MostDeliveries = 50;

    /// <summary>Where it calls, without the query, which may hold secrets.</summary>
    [Id(0)]
    public required string CallbackUrl { get; init; }

    /// <summary>Whether the receiver answered 410: it is called no more.</summary>
    [Id(1)]
    public bool IsDisabled { get; init; }

    /// <summary>How many events arrived.</summary>
    [Id(2)]
    public long Delivered { get; init; }

    /// <summary>How many were given up.</summary>
    [Id(3)]
    public long Failed { get; init; }

    /// <summary>How many events of the session were lost to it, wanted or not: the oldest of very many, or what its retention ended before.</summary>
    [Id(4)]
    public long Dropped { get; init; }

    /// <summary>The newest deliveries, in the order of their events; the last may be waiting, and others behind it that are not shown.</summary>
    [Id(5)]
    public required ImmutableArray<WebhookDelivery> Deliveries { get; init; }
}
