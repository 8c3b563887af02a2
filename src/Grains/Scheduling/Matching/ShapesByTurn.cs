namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Shapes at an engine by tenant, and the tenants in an order that their shares or first shapes decide.</summary>
internal sealed class ShapesByTurn(IComparer<TenantShapes> order)
{
    private readonly Dictionary<TenantShare, TenantShapes> _tenants = new(ReferenceEqualityComparer.Instance);
    private readonly IndexedHeap<TenantShapes> _order = new(order);

    public bool IsEmpty => _order.Count == 0;

    /// <summary>The first tenant with its first shape; there must be one.</summary>
    public Turn First => _order.First!.Turn;

    /// <summary>A tenant's shape that is served first.</summary>
    public Shape? FirstOf(TenantShare share) => _tenants.GetValueOrDefault(share)?.Shapes.First;

    /// <summary>A tenant's shapes, in no order.</summary>
    public IReadOnlyList<Shape> AllOf(TenantShare share) => _tenants.GetValueOrDefault(share)?.Shapes.Items ?? [];

    public void Add(Shape shape, TenantShare share)
    {
        if (_tenants.TryGetValue(share, out var tenant))
        {
            tenant.Shapes.Add(shape);
            Reorder(tenant);
            return;
        }

        tenant = new(share);
        tenant.Shapes.Add(shape);
        _tenants.Add(share, tenant);
        _order.Add(tenant);
    }

    public void Remove(Shape shape, TenantShare share)
    {
        // What has no shape any more cannot be compared.
        var tenant = _tenants[share];
        if (tenant.Shapes.Count == 1)
        {
            _order.Remove(tenant);
            _tenants.Remove(share);
            return;
        }

        tenant.Shapes.Remove(shape);
        Reorder(tenant);
    }

    /// <summary>A shape's first session is another one.</summary>
    public void Update(Shape shape, TenantShare share)
    {
        var tenant = _tenants[share];
        tenant.Shapes.Update(shape);
        Reorder(tenant);
    }

    /// <summary>A tenant's turn came nearer, or went off.</summary>
    public void Reorder(TenantShare share)
    {
        if (_order.Count > 1 && _tenants.TryGetValue(share, out var tenant))
        {
            _order.Update(tenant);
        }
    }

    private void Reorder(TenantShapes tenant)
    {
        if (_order.Count > 1)
        {
            _order.Update(tenant);
        }
    }
}
