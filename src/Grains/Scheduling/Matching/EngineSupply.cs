namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The instances of one engine, and their slots.</summary>
internal sealed class EngineSupply
{
    private readonly IndexedHeap<Instance> _ready = new(InstanceOrder.Default);
    private readonly SortedDictionary<string, Instance> _all = new(StringComparer.Ordinal);

    /// <summary>Slots for new leases.</summary>
    public int Free { get; private set; }

    /// <summary>Slots of instances that take sessions, free or not.</summary>
    public int Capacity { get; private set; }

    /// <summary>How many instances take sessions.</summary>
    public int Ready => _ready.Count;

    public IReadOnlyCollection<Instance> All => _all.Values;

    /// <summary>The instance that gives the next slot, where one is free.</summary>
    public Instance? Next => _ready.First is { Free: > 0 } instance ? instance : null;

    public void Add(Instance instance)
    {
        _all.Add(instance.Id, instance);
        if (!instance.Draining)
        {
            _ready.Add(instance);
            Free += instance.Free;
            Capacity += instance.Attendance.Slots;
        }
    }

    public void Remove(Instance instance)
    {
        _all.Remove(instance.Id);
        Retire(instance);
    }

    public void Drain(Instance instance)
    {
        Retire(instance);
        instance.Draining = true;
    }

    /// <summary>Takes the instance's new record.</summary>
    public void Renew(Instance instance, InstanceAttendance attendance)
    {
        var (free, slots) = (instance.Free, instance.Attendance.Slots);
        instance.Attendance = attendance;
        if (!instance.Draining)
        {
            Free += instance.Free - free;
            Capacity += attendance.Slots - slots;
            _ready.Update(instance);
        }
    }

    /// <summary>Takes a slot; one must be free.</summary>
    public Instance Lease()
    {
        var instance = Next ?? throw new InvalidOperationException("No slot is free.");
        instance.Leased++;
        instance.Warm = true;
        Free--;
        _ready.Update(instance);
        return instance;
    }

    /// <summary>Takes slots that are known to be leased.</summary>
    public void Take(Instance instance, int slots) => Return(instance, -slots);

    public void Return(Instance instance, int slots)
    {
        var free = instance.Free;
        instance.Leased -= slots;
        if (!instance.Draining)
        {
            Free += instance.Free - free;
            _ready.Update(instance);
        }
    }

    private void Retire(Instance instance)
    {
        if (!instance.Draining)
        {
            _ready.Remove(instance);
            Free -= instance.Free;
            Capacity -= instance.Attendance.Slots;
        }
    }
}
