namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The attempts that hold leases: one a session at most.</summary>
internal sealed class LeasedSessions(EngineTable engines)
{
    private readonly Dictionary<UInt128, Attempt> _attempts = [];

    public int Count => _attempts.Count;

    public IReadOnlyCollection<Attempt> All => _attempts.Values;

    public Attempt? Find(UInt128 id) => _attempts.GetValueOrDefault(id);

    /// <summary>Takes a slot for each node of a session; all of them must be free.</summary>
    public void Grant(in PendingSession session, SchedulerChanges changes)
    {
        var shape = session.Shape!; // A session that waits has a shape.
        var groups = new List<LeaseGroup>(shape.Engines.Length);
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            Take(shape.Engines[i], shape.Slots[i], groups, changes);
        }

        var attempt = new Attempt(shape.Tenant, session.Id, session.Epoch, groups) { SubmittedTicks = session.Ticks };
        Enter(attempt);
        changes.Attempts.Add(attempt);
        changes.Granted.Add(attempt);
    }

    /// <summary>Takes in an attempt with the leases it has.</summary>
    public void Enter(Attempt attempt)
    {
        _attempts.Add(attempt.Id, attempt);
        EngineState? last = null;
        foreach (var group in attempt.Groups)
        {
            Lease(group.Engine, attempt.Tenant, group.Held);
            group.Instance?.Attempts.Add(attempt);
            if (group.Engine != last && !attempt.Confirmed && attempt.Holds(group.Engine))
            {
                group.Engine.Queuing++;
            }

            last = group.Engine;
        }
    }

    public static void Confirm(Attempt attempt)
    {
        EngineState? last = null;
        foreach (var group in attempt.Groups)
        {
            if (group.Engine != last && attempt.Holds(group.Engine))
            {
                group.Engine.Queuing--;
            }

            last = group.Engine;
        }

        attempt.Confirmed = true;
    }

    /// <summary>Frees leases of a group until the total is reached; a total reached before changes nothing.</summary>
    public bool Release(Attempt attempt, LeaseGroup group, int total)
    {
        var freed = Math.Min(total, group.Granted) - group.Released;
        if (freed <= 0)
        {
            return false;
        }

        group.Released += freed;
        Lease(group.Engine, attempt.Tenant, -freed);
        if (!attempt.Confirmed && !attempt.Holds(group.Engine))
        {
            group.Engine.Queuing--;
        }

        engines.Touch(group.Engine);
        if (group.Instance is { } instance)
        {
            group.Engine.Supply.Return(instance, freed);
            if (group.Held == 0)
            {
                instance.Attempts.Remove(attempt);
            }
        }

        return true;
    }

    /// <summary>Forgets an attempt that is over.</summary>
    public void Forget(Attempt attempt) => _attempts.Remove(attempt.Id);

    /// <summary>Who holds more comes later, also where slots are kept for it: then others may take them.</summary>
    private void Lease(EngineState engine, Tenant tenant, int slots)
    {
        var share = engine.Lease(tenant, slots);
        if (tenant.IsBounded)
        {
            engines.NoteRoom(share);
        }

        if (engine.Claim?.Share.Tenant == tenant)
        {
            engines.Touch(engine);
        }
    }

    private static void Take(EngineState engine, int slots, List<LeaseGroup> groups, SchedulerChanges changes)
    {
        var first = groups.Count;
        for (var i = 0; i < slots; i++)
        {
            var warm = engine.Supply.Next?.Warm ?? true;
            var instance = engine.Supply.Lease();
            if (!warm)
            {
                changes.Instances.Add(instance);
            }

            var index = groups.FindIndex(first, group => group.Instance == instance);
            if (index < 0)
            {
                groups.Add(new(engine, instance.Id, 1) { Instance = instance });
            }
            else
            {
                groups[index].Granted++;
            }
        }
    }
}
