using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>An attempt of a session that holds leases.</summary>
internal sealed class Attempt(Tenant tenant, UInt128 id, int epoch, List<LeaseGroup> groups)
{
    /// <summary>Whose it is.</summary>
    public Tenant Tenant => tenant;

    public UInt128 Id => id;

    public int Epoch => epoch;

    /// <summary>When its session was submitted, in ticks of UTC; 0 for one that was restored.</summary>
    public long SubmittedTicks { get; init; }

    /// <summary>In the order of the demands.</summary>
    public List<LeaseGroup> Groups => groups;

    /// <summary>All its engines said that they are ready.</summary>
    public bool Confirmed { get; set; }

    public bool IsOver => groups.TrueForAll(group => group.Held == 0);

    public bool Holds(EngineState engine) => groups.Exists(group => group.Engine == engine && group.Held > 0);

    public LeaseGroup? Find(Lease lease) =>
        groups.Find(group =>
            string.Equals(group.InstanceId, lease.Instance, StringComparison.Ordinal) &&
            string.Equals(group.Engine.Id, lease.Engine, StringComparison.Ordinal));

    /// <summary>All that it was given, also what it has given back since.</summary>
    public LeaseGrant ToGrant()
    {
        var leases = ImmutableArray.CreateBuilder<Lease>();
        foreach (var group in groups)
        {
            var lease = new Lease { Engine = group.Engine.Id, Instance = group.InstanceId };
            for (var i = 0; i < group.Granted; i++)
            {
                leases.Add(lease);
            }
        }

        return new() { SessionId = SessionKey.Unpack(id), Epoch = epoch, Leases = leases.DrainToImmutable() };
    }
}
