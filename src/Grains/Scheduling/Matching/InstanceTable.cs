namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The instances that attend, and those that left: they never come back under the same id.</summary>
internal sealed class InstanceTable(EngineTable engines, WaitingSessions waiting, int remembered)
{
    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly Queue<string> _leftOrder = [];

    public IReadOnlyCollection<Instance> All => _instances.Values;

    public Instance? Find(string id) => _instances.GetValueOrDefault(id);

    public bool Join(InstanceAttendance attendance, SchedulerChanges changes)
    {
        if (_left.Contains(attendance.Instance))
        {
            return false;
        }

        var known = Find(attendance.Instance);
        if (known is not null && known.Attendance.SameAs(attendance))
        {
            return true;
        }

        if (known is null)
        {
            known = Add(attendance, draining: false, warm: false);
        }
        else
        {
            known.Engine.Supply.Renew(known, attendance);
        }

        changes.Instances.Add(known);
        Define(known.Engine, attendance, changes);
        engines.Touch(known.Engine);
        waiting.CapacityChanged(known.Engine);
        return true;
    }

    public Instance Add(InstanceAttendance attendance, bool draining, bool warm)
    {
        var engine = engines.GetOrAdd(attendance.Engine.Id);
        var instance = new Instance(attendance, engine) { Draining = draining, Warm = warm };
        _instances.Add(instance.Id, instance);
        engine.Supply.Add(instance);
        return instance;
    }

    public bool Drain(string id, SchedulerChanges changes)
    {
        if (Find(id) is not { Draining: false } instance)
        {
            return false;
        }

        instance.Engine.Supply.Drain(instance);
        changes.Instances.Add(instance);
        waiting.CapacityChanged(instance.Engine);
        return true;
    }

    public Instance? Leave(string id, SchedulerChanges changes)
    {
        if (!_instances.Remove(id, out var instance))
        {
            Remember(id);
            return null;
        }

        Remember(id);
        instance.Engine.Supply.Remove(instance);
        changes.Instances.Remove(instance);
        changes.GoneInstances.Add(id);
        waiting.CapacityChanged(instance.Engine);
        return instance;
    }

    private static void Define(EngineState engine, InstanceAttendance attendance, SchedulerChanges changes)
    {
        if (engine.Definition is null || !engine.Definition.SameAs(attendance.Engine))
        {
            engine.Definition = attendance.Engine;
            changes.Engines.Add(engine);
        }
    }

    private void Remember(string id)
    {
        if (_left.Add(id))
        {
            _leftOrder.Enqueue(id);
            if (_leftOrder.Count > remembered)
            {
                _left.Remove(_leftOrder.Dequeue());
            }
        }
    }
}
