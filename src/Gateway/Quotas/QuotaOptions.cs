namespace BlueEdge.Gateway.Quotas;

/// <summary>Whose quotas are others than the default ones. Configured under <c>BlueEdge:Quotas</c>; <see cref="QuotaTable"/> reads what is below a tenant's name.</summary>
public sealed class QuotaOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Quotas";

    /// <summary>The section of tenants that have no own.</summary>
    public const string DefaultSection = $"{Section}:Default";

    /// <summary>By the tenants' names, each with the settings of <see cref="TenantQuotaOptions"/>.</summary>
    public IDictionary<string, IDictionary<string, string>> Tenants { get; } = new Dictionary<string, IDictionary<string, string>>(StringComparer.Ordinal);
}
