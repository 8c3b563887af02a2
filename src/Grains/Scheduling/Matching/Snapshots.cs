using BlueEdge.Scheduling;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>What people see of the model.</summary>
internal static class Snapshots
{
    /// <summary>The engine as it stands; it must have a definition.</summary>
    public static EngineSnapshot ToSnapshot(this EngineState engine) => new()
    {
        Definition = engine.Definition ?? throw new InvalidOperationException($"Engine '{engine.Id}' never joined."),
        Instances = [.. engine.Supply.All.Select(ToSnapshot)],
        Waiting = engine.WaitingNodes,
        Working = engine.LeasedNodes,
        OldestPendingSince = engine.MinTicks is var ticks and < long.MaxValue
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null,
    };

    private static InstanceSnapshot ToSnapshot(Instance instance) => new()
    {
        Instance = instance.Id,
        Host = instance.Attendance.Host,
        Slots = instance.Attendance.Slots,
        Busy = instance.Leased,
        Draining = instance.Draining,
    };
}
