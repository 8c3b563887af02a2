namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// Starts every session that can start: of the tenant whose turn it is, first come in the order of service first, and
/// starving ones before all. Looks only at shapes that wait for an engine which has more to give than before; all others
/// still lack what they lacked.
/// </summary>
internal sealed class Matcher(TurnOrder order, EngineTable engines, WaitingSessions waiting, LeasedSessions leased)
{
    private readonly List<int> _passed = [];

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
        waiting.SettleRooms();
        var next = FindTurn()?.Shape;

        // One that cannot start gives its turn to nobody: it goes on waiting where it lacks something.
        while (next is not null && next.Fits() && FindAhead(next) is { } ahead)
        {
            next = ahead;
        }

        return next;
    }

    /// <summary>Whose turn it is at one of the engines that have more.</summary>
    private Turn? FindTurn()
    {
        Turn? first = null;
        foreach (var engine in engines.Touched)
        {
            if (engine.Claim is { } claim && IsFirst(claim, first) && claim.Shape.Fits())
            {
                first = claim;
            }

            if (engine.Lot.FirstWithin(engine) is { } parked && IsFirst(parked, first))
            {
                first = parked;
            }
        }

        return first;
    }

    /// <summary>A session that waits for another engine, though it shares one with this of its tenant, and is ahead of it.</summary>
    private Shape? FindAhead(Shape shape)
    {
        Shape? ahead = null;
        foreach (var engine in engines.Touched)
        {
            if (engine.Claim?.Shape is { } claimant && claimant.Tenant == shape.Tenant &&
                IsBefore(claimant, ahead ?? shape) && claimant.Competes(shape) && claimant.Fits())
            {
                ahead = claimant;
            }

            if (engine.FindShare(shape.Tenant) is { } share && engine.Lot.FirstBefore(ahead ?? shape, shape, share, engine) is { } parked)
            {
                ahead = parked;
            }
        }

        return ahead;
    }

    // A tenant's own sessions follow each other by rank and age, whichever engine they wait for.
    private bool IsFirst(in Turn turn, in Turn? other) =>
        other is { } before && before.Share.Tenant == turn.Share.Tenant ? IsBefore(turn.Shape, before.Shape) : order.IsBefore(turn, other);

    private static bool IsBefore(Shape shape, Shape other) => ServiceOrder.Default.Compare(shape, other) < 0;

    /// <summary>The first sessions of tenants that are passed, as they stand before anything changes.</summary>
    private void FindPassed(Shape starting)
    {
        _passed.Clear();
        for (var i = 0; i < starting.Engines.Length; i++)
        {
            if (starting.Engines[i].FindPassed(starting.Shares[i]) is { } passed)
            {
                _passed.Add(passed.Head);
            }
        }
    }

    private void Start(Shape shape, SchedulerChanges changes)
    {
        var handle = shape.Head;
        var session = waiting[handle];
        FindPassed(shape);
        leased.Grant(session, changes);
        waiting.Remove(handle);
        changes.Pending.Add(new(Added: false, shape.Tenant, session.Id, session.Epoch, session.Rank, session.Ticks, shape.Demands));
        for (var i = 0; i < shape.Engines.Length; i++)
        {
            shape.Engines[i].Start(shape.Shares[i], shape.Slots[i]);
        }

        foreach (var share in shape.Shares)
        {
            waiting.Ripen(share);
        }

        foreach (var first in _passed)
        {
            waiting.RipenPassed(first);
        }
    }
}
