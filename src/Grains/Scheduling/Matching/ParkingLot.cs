namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// The shapes that wait for slots of one engine, by how many they need, then by tenant. A slot that comes free wakes only
/// those that it is enough for.
/// </summary>
internal sealed class ParkingLot(TurnOrder order)
{
    private readonly SortedList<int, ShapesByTurn> _rows = [];

    public void Add(Shape shape, TenantShare share, int slots)
    {
        if (!_rows.TryGetValue(slots, out var row))
        {
            _rows.Add(slots, row = new(order));
        }

        row.Add(shape, share);
    }

    public void Remove(Shape shape, TenantShare share, int slots)
    {
        var row = _rows[slots];
        row.Remove(shape, share);
        if (row.IsEmpty)
        {
            _rows.Remove(slots);
        }
    }

    public void Update(Shape shape, TenantShare share, int slots) => _rows[slots].Update(shape, share);

    public void Reorder(TenantShare share)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            _rows.GetValueAtIndex(i).Reorder(share);
        }
    }

    /// <summary>Whose turn it is among the tenants whose shapes need no more slots than they may take.</summary>
    public Turn? FirstWithin(EngineState engine)
    {
        Turn? first = null;
        for (var i = 0; i < _rows.Count && _rows.GetKeyAtIndex(i) <= engine.Supply.Free; i++)
        {
            var turn = _rows.GetValueAtIndex(i).First;
            if (_rows.GetKeyAtIndex(i) <= engine.AvailableTo(turn) && order.IsBefore(turn, first))
            {
                first = turn;
            }
        }

        // Another row may have one of the same tenant that is ahead.
        return first is { } found ? found with { Shape = FirstWithin(found.Share, engine)! } : null;
    }

    /// <summary>
    /// A tenant's shape that is before one, and competes with another, among those that need no more slots than they may take. All
    /// are gone through only where the first of them does not compete.
    /// </summary>
    public Shape? FirstBefore(Shape before, Shape competing, TenantShare share, EngineState engine)
    {
        if (FirstWithin(share, engine) is not { } first || ServiceOrder.Default.Compare(first, before) >= 0)
        {
            return null;
        }

        if (first.Competes(competing))
        {
            return first;
        }

        Shape? found = null;
        for (var i = 0; i < _rows.Count && _rows.GetKeyAtIndex(i) <= engine.Supply.Free; i++)
        {
            foreach (var shape in _rows.GetValueAtIndex(i).AllOf(share))
            {
                if (_rows.GetKeyAtIndex(i) <= engine.AvailableTo(new(share, shape)) &&
                    ServiceOrder.Default.Compare(shape, found ?? before) < 0 &&
                    shape.Competes(competing))
                {
                    found = shape;
                }
            }
        }

        return found;
    }

    private Shape? FirstWithin(TenantShare share, EngineState engine)
    {
        Shape? first = null;
        for (var i = 0; i < _rows.Count && _rows.GetKeyAtIndex(i) <= engine.Supply.Free; i++)
        {
            if (_rows.GetValueAtIndex(i).FirstOf(share) is { } candidate &&
                _rows.GetKeyAtIndex(i) <= engine.AvailableTo(new(share, candidate)) &&
                (first is null || ServiceOrder.Default.Compare(candidate, first) < 0))
            {
                first = candidate;
            }
        }

        return first;
    }
}
