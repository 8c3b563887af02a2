using System.Collections.Immutable;

namespace BlueEdge.Operations;

/// <summary>Of what a cluster consists, as one of its core silos sees it.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.system-snapshot")]
public sealed record SystemSnapshot
{
    /// <summary>How many sessions are counted at most that owe somebody an event.</summary>
    public const int MostUntold = 1_000;

    /// <summary>The ServiceId, which names the cluster's data.</summary>
    [Id(0)]
    public required string ServiceId { get; init; }

    /// <summary>The cluster's id, by which its processes find each other.</summary>
    [Id(1)]
    public required string ClusterId { get; init; }

    /// <summary>The silos that are no longer or not yet dead, ordered by role and address. Gateways are none.</summary>
    [Id(2)]
    public required ImmutableArray<SiloSnapshot> Silos { get; init; }

    /// <summary>What keeps the store from answering, as a sentence, or <see langword="null"/> where it answers.</summary>
    [Id(3)]
    public string? StoreFault { get; init; }

    /// <summary>Webhooks in memory that have events to deliver, after a try that failed or took long; <see langword="null"/> where a core silo did not say.</summary>
    [Id(4)]
    public long? WebhooksBehind { get; init; }

    /// <summary>Sessions of which a webhook has yet to take an event, or to write down that it will; at most <see cref="MostUntold"/> are counted.</summary>
    [Id(5)]
    public int UntoldSessions { get; init; }
}
