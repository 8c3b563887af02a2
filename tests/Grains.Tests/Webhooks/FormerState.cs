using System.Collections.Immutable;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Tests.Webhooks;

/// <summary>A webhook's state as builds had it that stored whether it was closed.</summary>
[GenerateSerializer]
internal sealed record FormerState
{
    [Id(0)]
    public DateTimeOffset SubmittedAt { get; init; }

    [Id(1)]
    public WebhookSpec? Webhook { get; init; }

    [Id(2)]
    public long Done { get; init; }

    [Id(8)]
    public DateTimeOffset? EndedAt { get; init; }

    [Id(9)]
    public bool IsClosed { get; init; }

    [Id(11)]
    public long Delivered { get; init; }

    [Id(16)]
    public ImmutableArray<string> Channels { get; init; } = [];
}
