namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>One of each part, that may call receivers on loopback, and what its Redis is sent.</summary>
public sealed class CountedCluster : ProcessCluster
{
    public CountedCluster()
        : base("--silos", "1", "--hosts", "1", "--gateways", "1", "--no-kafka") => Settings["BlueEdge__Outbound__Allow"] = "127.0.0.1";

    public Task<RedisMonitor> MonitorAsync() => RedisMonitor.StartAsync(RedisPort);
}
