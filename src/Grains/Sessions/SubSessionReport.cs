using System.Collections.Immutable;
using BlueEdge.Grains.Results;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>Where one node's attempt stands now; sent by its engine instance to its session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.sub-session-report")]
public sealed record SubSessionReport
{
    /// <summary>The error of a node whose instance is gone.</summary>
    public const string Lost = "its engine instance was lost";

    /// <summary>The node's name.</summary>
    [Id(0)]
    public required string Node { get; init; }

    /// <summary>The attempt it speaks of; one that is not the running attempt is stale.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>Preparing, Ready, Finished, Failed or Canceled.</summary>
    [Id(2)]
    public required SubSessionStatus Status { get; init; }

    /// <summary>What it failed with, where it failed.</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>Items it read and processed.</summary>
    [Id(4)]
    public long ItemsRead { get; init; }

    /// <summary>Items it wrote.</summary>
    [Id(5)]
    public long ItemsWritten { get; init; }

    /// <summary>Items it never saw, on channels that deliver the latest.</summary>
    [Id(6)]
    public long ItemsDropped { get; init; }

    /// <summary>What its engine warned of so far, or <see langword="null"/> where of nothing.</summary>
    [Id(7)]
    public NodeWarnings? Warnings { get; init; }

    /// <summary>
    /// What it stored among the results, by interested channel, where it is over; <see langword="null"/> before, and where it never ran.
    /// </summary>
    [Id(8)]
    public ImmutableArray<StoredItems>? Stored { get; init; }
}
