using BlueEdge.Engines;

namespace BlueEdge.Grains.Scheduling;

/// <summary>All that a scheduler left in the store.</summary>
/// <param name="Engines">The definitions of all engines that ever joined or were registered.</param>
/// <param name="Instances">The instances that attended.</param>
/// <param name="Attempts">The attempts that held leases.</param>
/// <param name="Pending">The sessions that waited, by rank, then age.</param>
/// <param name="Losses">What sessions had not heard yet.</param>
public sealed record StoredSchedule(
    IReadOnlyList<EngineDefinition> Engines,
    IReadOnlyList<StoredInstance> Instances,
    IReadOnlyList<StoredAttempt> Attempts,
    IReadOnlyList<EnlistRequest> Pending,
    IReadOnlyList<StoredLoss> Losses);
