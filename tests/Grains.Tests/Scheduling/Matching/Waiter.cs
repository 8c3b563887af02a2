using BlueEdge.Grains.Scheduling;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>A waiting session in the ledger.</summary>
internal sealed class Waiter(EnlistRequest request)
{
    public EnlistRequest Request => request;

    /// <summary>By engine: how many were ahead of it when it came.</summary>
    public Dictionary<string, int> Ahead { get; } = new(StringComparer.Ordinal);

    /// <summary>By engine: how many have started since.</summary>
    public Dictionary<string, int> Starts { get; } = new(StringComparer.Ordinal);

    public string? Tenant => request.Tenant;

    public bool IsWide => request.Demands.Sum(demand => demand.Slots) > 1;

    public bool Starving { get; set; }

    public int Needs(string engine) =>
        request.Demands.Where(demand => string.Equals(demand.Engine, engine, StringComparison.Ordinal)).Sum(demand => demand.Slots);

    public bool IsOfTenantOf(Waiter other) => string.Equals(Tenant, other.Tenant, StringComparison.Ordinal);

    public bool Competes(Waiter other) => request.Demands.Any(demand => other.Needs(demand.Engine) > 0);
}
