using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The shapes of the sessions that wait; one that no session has any more is forgotten.</summary>
internal sealed class ShapeTable(EngineTable engines, PendingSessions sessions)
{
    private readonly Dictionary<ShapeName, Shape> _shapes = [];

    public int Count => _shapes.Count;

    public IReadOnlyCollection<Shape> All => _shapes.Values;

    public Shape GetOrAdd(Tenant tenant, ImmutableArray<EngineDemand> demands)
    {
        var name = new ShapeName(tenant, demands);
        if (!_shapes.TryGetValue(name, out var shape))
        {
            shape = Create(tenant, demands);
            _shapes.Add(name, shape);
        }

        return shape;
    }

    public void Remove(Shape shape)
    {
        _shapes.Remove(new ShapeName(shape.Tenant, shape.Demands));
        foreach (var engine in shape.Engines)
        {
            engine.Shapes.Remove(shape);
        }
    }

    private Shape Create(Tenant tenant, ImmutableArray<EngineDemand> demands)
    {
        var needed = new EngineState[demands.Length];
        var shares = new TenantShare[demands.Length];
        var slots = new int[demands.Length];
        for (var i = 0; i < needed.Length; i++)
        {
            (needed[i], slots[i]) = (engines.GetOrAdd(demands[i].Engine), demands[i].Slots);
            shares[i] = needed[i].ShareOf(tenant);
        }

        var shape = new Shape(tenant, demands, needed, shares, slots, sessions);
        foreach (var engine in needed)
        {
            engine.Shapes.Add(shape);
        }

        shape.CountLacking();
        return shape;
    }
}
