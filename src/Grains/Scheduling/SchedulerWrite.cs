using BlueEdge.Engines;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// What one commit writes. Only where things end up matters: what came and went within the commit is not written at all.
/// </summary>
public sealed class SchedulerWrite
{
    private readonly Dictionary<(string Engine, PendingMember Member), Listing> _pending = [];
    private readonly Dictionary<string, StoredAttempt?> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredInstance?> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EngineDefinition?> _engines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredLoss?> _losses = new(StringComparer.Ordinal);

    /// <summary>Who waits for an engine, with the rank, or waits no more: <see langword="null"/>.</summary>
    public IEnumerable<(string Engine, PendingMember Member, int? Rank)> Pending =>
        _pending.Select(each => (each.Key.Engine, each.Key.Member, each.Value.Rank));

    /// <summary>What attempts hold, by session id; <see langword="null"/> deletes.</summary>
    public IReadOnlyDictionary<string, StoredAttempt?> Attempts => _attempts;

    /// <summary>Attendance, by instance id; <see langword="null"/> deletes.</summary>
    public IReadOnlyDictionary<string, StoredInstance?> Instances => _instances;

    /// <summary>Definitions, by engine id; <see langword="null"/> deletes.</summary>
    public IReadOnlyDictionary<string, EngineDefinition?> Engines => _engines;

    /// <summary>Losses of which sessions have not heard yet, by a name of each; <see langword="null"/> deletes.</summary>
    public IReadOnlyDictionary<string, StoredLoss?> Losses => _losses;

    /// <summary>How much there is to write.</summary>
    public int Size => _pending.Count + _attempts.Count + _instances.Count + _engines.Count + _losses.Count;

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => Size == 0;

    /// <summary>What to write for changes of the model, as it stands now.</summary>
    internal static SchedulerWrite Of(SchedulerChanges changes)
    {
        var write = new SchedulerWrite();
        foreach (var change in changes.Pending)
        {
            write.Put(change);
        }

        foreach (var attempt in changes.Attempts)
        {
            write._attempts[SessionKey.Unpack(attempt.Id)] = attempt.IsOver ? null : StoredAttempt.Of(attempt);
        }

        foreach (var instance in changes.Instances)
        {
            write._instances[instance.Id] = StoredInstance.Of(instance);
        }

        foreach (var instance in changes.GoneInstances)
        {
            write._instances[instance] = null;
        }

        foreach (var engine in changes.Engines)
        {
            write._engines[engine.Id] = engine.Definition;
        }

        foreach (var loss in changes.Lost)
        {
            write._losses[NameOf(loss)] = StoredLoss.Of(loss);
        }

        foreach (var loss in changes.ToldLosses)
        {
            write._losses[NameOf(loss)] = null;
        }

        return write;
    }

    private void Put(PendingChange change)
    {
        for (var i = 0; i < change.Demands.Length; i++)
        {
            var (engine, slots) = (change.Demands[i].Engine, change.Demands[i].Slots);
            var key = (engine, new PendingMember(change.Ticks, SessionKey.Unpack(change.Id), change.Epoch, slots, i, change.Tenant.Named));
            var isKnown = _pending.TryGetValue(key, out var known);
            if (change.Added)
            {
                _pending[key] = new(IsNew: !isKnown || known.IsNew, change.Rank);
            }
            else if (isKnown && known.IsNew)
            {
                _pending.Remove(key);
            }
            else
            {
                _pending[key] = new(IsNew: false, Rank: null);
            }
        }
    }

    private static string NameOf(LeaseLoss loss) => $"{loss.SessionId}/{loss.Epoch}/{loss.Instance}";

    /// <param name="IsNew">It was not in the list before this commit.</param>
    /// <param name="Rank">Null where it leaves the list.</param>
    private readonly record struct Listing(bool IsNew, int? Rank);
}
