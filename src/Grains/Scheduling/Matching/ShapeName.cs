using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Tells shapes apart by what they ask for.</summary>
internal readonly struct ShapeName(ImmutableArray<EngineDemand> demands) : IEquatable<ShapeName>
{
    private readonly ImmutableArray<EngineDemand> _demands = demands;

    public bool Equals(ShapeName other) => _demands.AsSpan().SequenceEqual(other._demands.AsSpan());

    public override bool Equals(object? obj) => obj is ShapeName other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var demand in _demands)
        {
            hash.Add(demand);
        }

        return hash.ToHashCode();
    }
}
