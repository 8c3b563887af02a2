using BlueEdge.Callers;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>What tenants may have of each engine.</summary>
internal sealed record TenantTerms
{
    /// <summary>All tenants alike, as many slots as there are.</summary>
    public static TenantTerms Equal { get; } = new();

    /// <summary>By tenant, slots that are its due for each that is due to one of weight 1.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>By tenant, how many slots it may hold at once; 0 for as many as there are.</summary>
    public IReadOnlyDictionary<string, int> Slots { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>That of the others.</summary>
    public int SlotsOfOthers { get; init; }

    /// <param name="tenant">Its name; null for the default one.</param>
    public int WeightOf(string? tenant) => Weights.GetValueOrDefault(tenant ?? Caller.DefaultTenant, 1);

    /// <param name="tenant">Its name; null for the default one.</param>
    public int SlotsOf(string? tenant) => Slots.GetValueOrDefault(tenant ?? Caller.DefaultTenant, SlotsOfOthers) is > 0 and var most ? most : int.MaxValue;
}
