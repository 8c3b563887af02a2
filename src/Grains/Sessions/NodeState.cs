using System.Collections.Immutable;
using BlueEdge.Grains.Results;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>What a session remembers of one node, in the order of its spec.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.node-state")]
public sealed record NodeState
{
    /// <summary>A node that nothing has happened to.</summary>
    public static readonly NodeState Waiting = new();

    /// <summary>Where it stands.</summary>
    [Id(0)]
    public SubSessionStatus Status { get; init; }

    /// <summary>The instance that leased it a slot, or <see langword="null"/> while it waits.</summary>
    [Id(1)]
    public string? Instance { get; init; }

    /// <summary>What it failed with, or why it was stopped, as users read it; or <see langword="null"/>.</summary>
    [Id(2)]
    public string? Error { get; init; }

    /// <summary>Known once it is over, as the two below are.</summary>
    [Id(3)]
    public long ItemsRead { get; init; }

    /// <summary>Items that it wrote to linked outputs; before it is over, those that it had written when it was ready.</summary>
    [Id(4)]
    public long ItemsWritten { get; init; }

    /// <summary>Items that it never read, for later ones took their place.</summary>
    [Id(5)]
    public long ItemsDropped { get; init; }

    /// <summary>What its engine warned of, as far as it has told; <see langword="null"/> where of nothing.</summary>
    [Id(6)]
    public NodeWarnings? Warnings { get; init; }

    /// <summary>Whether a caller stopped it in a session that goes on without it, in this attempt or in one before.</summary>
    [Id(7)]
    public bool StopRequested { get; init; }

    /// <summary>How many of its engine's events the session has noted in this attempt.</summary>
    [Id(8)]
    public long EventsHeard { get; init; }

    /// <summary>What it stored among the results; see <see cref="SubSessionReport.Stored"/>.</summary>
    [Id(9)]
    public ImmutableArray<StoredItems>? Stored { get; init; }

    /// <summary>Whether it is over and nothing is amiss: finished, or stopped by a caller while the session goes on.</summary>
    public bool IsDone => Status is SubSessionStatus.Finished || (Status is SubSessionStatus.Canceled && StopRequested);

    /// <summary>Whether its status is never left.</summary>
    public bool IsOver => Status.IsTerminal();
}
