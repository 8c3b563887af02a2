using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>How an engine stands after a commit, for whoever measures it on another thread.</summary>
/// <param name="Pending">Sessions that wait for it.</param>
/// <param name="Waiting">Their nodes.</param>
/// <param name="Leased">Nodes that hold a slot.</param>
/// <param name="Free">Slots for new leases.</param>
/// <param name="Slots">Slots of instances that take sessions.</param>
/// <param name="Instances">Instances that take sessions.</param>
/// <param name="OldestTicks">When the oldest of those that wait was submitted, in ticks of UTC; <see cref="long.MaxValue"/> where none waits.</param>
internal sealed record EngineFigures(int Pending, int Waiting, int Leased, int Free, int Slots, int Instances, long OldestTicks)
{
    public static EngineFigures Of(EngineState engine) => new(
        engine.Pending,
        engine.WaitingNodes,
        engine.LeasedNodes,
        engine.Supply.Free,
        engine.Supply.Capacity,
        engine.Supply.Ready,
        engine.MinTicks);

    /// <summary>How long the oldest has waited, in seconds; 0 where none waits.</summary>
    public double OldestAge(DateTimeOffset now) =>
        OldestTicks is long.MaxValue ? 0 : TimeSpan.FromTicks(Math.Max(0, now.UtcTicks - OldestTicks)).TotalSeconds;
}
