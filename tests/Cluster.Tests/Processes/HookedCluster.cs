using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>Two core silos that may call receivers on loopback.</summary>
public sealed class HookedCluster : ProcessCluster
{
    public HookedCluster()
        : base("--silos", "2", "--hosts", "1", "--gateways", "1", "--no-kafka")
    {
        Settings["BlueEdge__Outbound__Allow"] = "127.0.0.1";
        Settings["BlueEdge__Webhooks__Secret"] = Canaries.Secret;
    }
}
