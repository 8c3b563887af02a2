using BlueEdge.Grains.Sessions;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Builds a model from what the scheduler before left in the store. Matches nothing yet.</summary>
internal sealed class Restoration(TenantTable tenants, EngineTable engines, InstanceTable instances, WaitingSessions waiting, LeasedSessions leased)
{
    public void Run(StoredSchedule stored, SchedulerChanges changes)
    {
        foreach (var definition in stored.Engines)
        {
            engines.GetOrAdd(definition.Id).Definition = definition;
        }

        foreach (var instance in stored.Instances)
        {
            instances.Add(instance.Attendance, instance.Draining, instance.Warm);
        }

        foreach (var attempt in stored.Attempts)
        {
            Enter(attempt, changes);
        }

        // In the order of service: those ahead of a session now are those that do not pass it over.
        foreach (var request in stored.Pending)
        {
            waiting.Add(tenants.GetOrAdd(request.Tenant), SessionKey.Pack(request.SessionId), request.Epoch, request.Rank, request.SubmittedAt.UtcTicks, request.Demands);
        }

        foreach (var engine in engines.All)
        {
            engines.Touch(engine);
        }
    }

    private void Enter(StoredAttempt stored, SchedulerChanges changes)
    {
        var groups = stored.Leases.Select(ToGroup).ToList();
        var attempt = new Attempt(tenants.GetOrAdd(stored.Tenant), SessionKey.Pack(stored.SessionId), stored.Epoch, groups) { Confirmed = stored.Confirmed };

        // An instance leaves the store in one step with its leases; this heals what was changed by hand.
        foreach (var orphan in groups.Where(group => group.Held > 0 && group.Instance is null))
        {
            orphan.Released = orphan.Granted;
            changes.Attempts.Add(attempt);
            changes.Lost.Add(new(stored.SessionId, stored.Epoch, orphan.InstanceId, SubSessionReport.Lost));
        }

        if (!attempt.IsOver)
        {
            leased.Enter(attempt);
        }
    }

    private LeaseGroup ToGroup(StoredLeases stored)
    {
        var group = new LeaseGroup(engines.GetOrAdd(stored.Lease.Engine), stored.Lease.Instance, stored.Granted) { Released = stored.Released };
        if (group.Held > 0 && instances.Find(stored.Lease.Instance) is { } instance)
        {
            group.Instance = instance;
            group.Engine.Supply.Take(instance, group.Held);
        }

        return group;
    }
}
