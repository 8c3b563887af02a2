namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The shapes that wait for so many slots of one engine, by tenant.</summary>
internal sealed class ParkingRow(TurnOrder order)
{
    private readonly Dictionary<TenantShare, ParkingBay> _bays = new(ReferenceEqualityComparer.Instance);
    private readonly IndexedHeap<ParkingBay> _turns = new(order);

    public bool IsEmpty => _turns.Count == 0;

    /// <summary>The tenant whose turn it is; the row must not be empty.</summary>
    public Turn First => _turns.First!.Turn;

    /// <summary>A tenant's shape that is served first.</summary>
    public Shape? FirstOf(TenantShare share) => _bays.GetValueOrDefault(share)?.Shapes.First;

    /// <summary>A tenant's shapes, in no order.</summary>
    public IReadOnlyList<Shape> AllOf(TenantShare share) => _bays.GetValueOrDefault(share)?.Shapes.Items ?? [];

    public void Add(Shape shape, TenantShare share)
    {
        if (_bays.TryGetValue(share, out var bay))
        {
            bay.Shapes.Add(shape);
            Reorder(bay);
            return;
        }

        bay = new(share);
        bay.Shapes.Add(shape);
        _bays.Add(share, bay);
        _turns.Add(bay);
    }

    public void Remove(Shape shape, TenantShare share)
    {
        // What has no shape any more cannot be compared.
        var bay = _bays[share];
        if (bay.Shapes.Count == 1)
        {
            _turns.Remove(bay);
            _bays.Remove(share);
            return;
        }

        bay.Shapes.Remove(shape);
        Reorder(bay);
    }

    /// <summary>A shape's first session is another one.</summary>
    public void Update(Shape shape, TenantShare share)
    {
        var bay = _bays[share];
        bay.Shapes.Update(shape);
        Reorder(bay);
    }

    /// <summary>A tenant's turn came nearer, or went off.</summary>
    public void Reorder(TenantShare share)
    {
        if (_turns.Count > 1 && _bays.TryGetValue(share, out var bay))
        {
            _turns.Update(bay);
        }
    }

    private void Reorder(ParkingBay bay)
    {
        if (_turns.Count > 1)
        {
            _turns.Update(bay);
        }
    }
}
