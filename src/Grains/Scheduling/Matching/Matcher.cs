namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// Starts every session that can start, first come in the order of service first, and starving ones before all. Looks
/// only at shapes that wait for an engine which has more to give than before; all others still lack what they lacked.
/// </summary>
internal sealed class Matcher(EngineTable engines, WaitingSessions waiting, LeasedSessions leased)
{
    public void Match(SchedulerChanges changes)
    {
        while (FindNext() is { } shape)
        {
            if (shape.Fits())
            {
                Start(shape, changes);
            }
            else
            {
                waiting.Park(shape);
            }
        }

        engines.ClearTouched();
    }

    private Shape? FindNext()
    {
        Shape? next = null;
        foreach (var engine in engines.Touched)
        {
            if (engine.Claimant is { } claimant && IsBefore(claimant, next) && claimant.Fits())
            {
                next = claimant;
            }

            if (engine.Lot.FirstWithin(engine.Available) is { } parked && IsBefore(parked, next))
            {
                next = parked;
            }
        }

        return next;
    }

    private static bool IsBefore(Shape shape, Shape? other) =>
        other is null || ServiceOrder.Default.Compare(shape, other) < 0;

    private void Start(Shape shape, SchedulerChanges changes)
    {
        var handle = shape.Head;
        var session = waiting[handle];
        leased.Grant(session, changes);
        waiting.Remove(handle);
        changes.Pending.Add(new(Added: false, session.Id, session.Epoch, session.Rank, session.Ticks, shape.Demands));
        foreach (var engine in shape.Engines)
        {
            engine.Starts++;
        }

        foreach (var engine in shape.Engines)
        {
            waiting.Ripen(engine);
        }
    }
}
