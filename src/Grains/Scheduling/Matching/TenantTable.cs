using BlueEdge.Callers;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The tenants that ever asked for slots.</summary>
/// <param name="weights">By name; 1 for those that it does not have.</param>
internal sealed class TenantTable(IReadOnlyDictionary<string, int>? weights)
{
    private readonly Dictionary<string, Tenant> _tenants = new(StringComparer.Ordinal);

    /// <param name="named">Its name; null for the default one.</param>
    public Tenant GetOrAdd(string? named)
    {
        var id = named ?? Caller.DefaultTenant;
        if (!_tenants.TryGetValue(id, out var tenant))
        {
            _tenants.Add(id, tenant = new(id, Math.Max(1, weights?.GetValueOrDefault(id, 1) ?? 1)));
        }

        return tenant;
    }
}
