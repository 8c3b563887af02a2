using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Tells shapes apart by who asks, and for what.</summary>
internal readonly struct ShapeName(Tenant tenant, ImmutableArray<EngineDemand> demands) : IEquatable<ShapeName>
{
    private readonly Tenant _tenant = tenant;
    private readonly ImmutableArray<EngineDemand> _demands = demands;

    public bool Equals(ShapeName other) => _tenant == other._tenant && _demands.AsSpan().SequenceEqual(other._demands.AsSpan());

    public override bool Equals(object? obj) => obj is ShapeName other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_tenant);
        foreach (var demand in _demands)
        {
            hash.Add(demand);
        }

        return hash.ToHashCode();
    }
}
