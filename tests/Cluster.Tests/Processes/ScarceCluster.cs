namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>One of each part, and Kafka where there is one; its silo has hardly any room for what Kafka has not taken.</summary>
public sealed class ScarceCluster : ProcessCluster
{
    public ScarceCluster()
        : base("--silos", "1", "--hosts", "1", "--gateways", "1") => Settings["BlueEdge__SessionStreams__BufferBytes"] = "16384";
}
