using BlueEdge.Callers;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The tenants that ever asked for slots.</summary>
/// <param name="terms">What they may have.</param>
internal sealed class TenantTable(TenantTerms terms)
{
    private readonly Dictionary<string, Tenant> _tenants = new(StringComparer.Ordinal);

    /// <param name="named">Its name; null for the default one.</param>
    public Tenant GetOrAdd(string? named)
    {
        var id = named ?? Caller.DefaultTenant;
        if (!_tenants.TryGetValue(id, out var tenant))
        {
            _tenants.Add(id, tenant = new(id, terms.WeightOf(id), terms.SlotsOf(id)));
        }

        return tenant;
    }
}
