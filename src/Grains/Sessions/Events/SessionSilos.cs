using Orleans.Metadata;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>Which silos have sessions, by what each member of the cluster says that it hosts.</summary>
internal static class SessionSilos
{
    private static readonly GrainType Ring = GrainType.Create(SiloNewsGrain.TypeName);

    public static IEnumerable<SiloAddress> In(ClusterManifest cluster) =>
        cluster.Silos.Where(silo => silo.Value.Grains.ContainsKey(Ring)).Select(silo => silo.Key);
}
