using System.Collections.Immutable;

namespace BlueEdge.Scheduling;

/// <summary>Where a pending session waits, seen from the engine for which most others are ahead of it.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.queue-position")]
public sealed record QueuePosition
{
    /// <summary>1 for the next; 0 for a session that does not wait.</summary>
    [Id(0)]
    public required int Current { get; init; }

    /// <summary>Sessions that wait for that engine, this one among them.</summary>
    [Id(1)]
    public required int TotalPending { get; init; }

    /// <summary>Sessions that hold a slot of that engine and whose engines still prepare.</summary>
    [Id(2)]
    public required int TotalQueuing { get; init; }

    /// <summary>What it waits for, engine by engine.</summary>
    [Id(3)]
    public ImmutableArray<EngineShortage> WaitsFor { get; init; } = [];
}
