using BlueEdge.Grains.Scheduling;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>An attempt with leases in the ledger.</summary>
internal sealed class Holder(EnlistRequest request, LeaseGrant grant)
{
    public EnlistRequest Request => request;

    public LeaseGrant Grant => grant;

    public bool Confirmed { get; set; }

    /// <summary>By lease: how many it still has.</summary>
    public Dictionary<Lease, int> Held { get; } = grant.Leases.GroupBy(lease => lease).ToDictionary(each => each.Key, each => each.Count());

    public int Granted(Lease lease) => grant.Leases.Count(each => each == lease);

    public bool IsOver => Held.Values.All(held => held == 0);

    public int HeldOf(string engine) =>
        Held.Where(each => string.Equals(each.Key.Engine, engine, StringComparison.Ordinal)).Sum(each => each.Value);
}
