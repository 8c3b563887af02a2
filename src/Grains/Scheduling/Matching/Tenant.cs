using BlueEdge.Callers;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A tenant whose sessions ask for slots.</summary>
internal sealed class Tenant(string id, int weight, int mostSlots)
{
    public string Id => id;

    /// <summary>Its name, or null for the default one: what is stored.</summary>
    public string? Named => string.Equals(id, Caller.DefaultTenant, StringComparison.Ordinal) ? null : id;

    /// <summary>How many slots of an engine are its due for each one that is due to a tenant of weight 1.</summary>
    public int Weight => weight;

    /// <summary>How many slots of an engine it may hold at once.</summary>
    public int MostSlots => mostSlots;

    /// <summary>Whether it may not hold all slots that there are.</summary>
    public bool IsBounded => mostSlots < int.MaxValue;
}
