namespace BlueEdge.Grains.Scheduling;

/// <summary>What membership says of the silos that engine instances live on.</summary>
public sealed class SiloWatch(IClusterMembershipService membership)
{
    private readonly HashSet<SiloAddress> _dead = [];

    /// <summary>Whether the silo is gone. One that membership does not know has left so long ago that it is forgotten.</summary>
    public static bool IsDead(ClusterMembershipSnapshot snapshot, SiloAddress silo) =>
        snapshot.GetSiloStatus(silo) is SiloStatus.Dead or SiloStatus.None;

    /// <summary>Whether the silo is gone; asks the membership table where this process has not heard of it.</summary>
    public async ValueTask<bool> IsDeadAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        if (IsDead(membership.CurrentSnapshot, silo))
        {
            await membership.Refresh(cancellationToken: cancellationToken);
        }

        return IsDead(membership.CurrentSnapshot, silo);
    }

    /// <summary>Whether the snapshot has a dead silo that none before had.</summary>
    public bool SawDeath(ClusterMembershipSnapshot snapshot)
    {
        var before = _dead.Count;
        _dead.UnionWith(snapshot.Members.Values.Where(member => member.Status is SiloStatus.Dead).Select(member => member.SiloAddress));
        return _dead.Count > before;
    }
}
