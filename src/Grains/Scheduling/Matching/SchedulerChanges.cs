namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>What events have changed since it was last taken: all that a store must learn, and whom to tell.</summary>
internal sealed class SchedulerChanges
{
    /// <summary>In the order in which they came to be.</summary>
    public List<PendingChange> Pending { get; } = [];

    /// <summary>Attempts that began or changed; one that is over holds nothing any more.</summary>
    public HashSet<Attempt> Attempts { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Instances that joined, changed or had their first lease.</summary>
    public HashSet<Instance> Instances { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Ids of instances that are gone.</summary>
    public List<string> GoneInstances { get; } = [];

    /// <summary>Engines whose definition is new, or gone.</summary>
    public HashSet<EngineState> Engines { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Attempts that were given their slots, in that order.</summary>
    public List<Attempt> Granted { get; } = [];

    public List<LeaseLoss> Lost { get; } = [];

    /// <summary>Losses of which their sessions have heard.</summary>
    public List<LeaseLoss> ToldLosses { get; } = [];

    /// <summary>The engines for which more or less waits, or is leased, than before.</summary>
    public IEnumerable<string> ChangedEngineIds =>
        Pending.SelectMany(change => change.Demands.Select(demand => demand.Engine))
            .Concat(Attempts.SelectMany(attempt => attempt.Groups.Select(group => group.Engine.Id)))
            .Distinct(StringComparer.Ordinal);

    public bool IsEmpty =>
        Pending.Count + Attempts.Count + Instances.Count + GoneInstances.Count + Engines.Count + Lost.Count +
        ToldLosses.Count == 0;
}
