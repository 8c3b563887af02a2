namespace BlueEdge.Sessions;

/// <summary>One node of a session as it was when read.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.node-snapshot")]
public sealed record NodeSnapshot
{
    /// <summary>The node's name in its session.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The engine's id.</summary>
    [Id(1)]
    public required string Engine { get; init; }

    /// <summary>Where it stood.</summary>
    [Id(2)]
    public required SubSessionStatus Status { get; init; }

    /// <summary>The engine instance that gave it a slot, or <see langword="null"/> where it has none yet.</summary>
    [Id(3)]
    public string? Instance { get; init; }

    /// <summary>What it failed with, or <see langword="null"/>.</summary>
    [Id(4)]
    public string? Error { get; init; }

    /// <summary>Items that its engine read; 0 until it is over.</summary>
    [Id(5)]
    public long ItemsRead { get; init; }

    /// <summary>Items that its engine wrote; 0 until it is over.</summary>
    [Id(6)]
    public long ItemsWritten { get; init; }

    /// <summary>Items that its engine was too slow for, on channels that deliver the latest; 0 until it is over.</summary>
    [Id(7)]
    public long ItemsDropped { get; init; }

    /// <summary>Whether a caller stopped it in a session that goes on without it.</summary>
    [Id(8)]
    public bool StopRequested { get; init; }
}
