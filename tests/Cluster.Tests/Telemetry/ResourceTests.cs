using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Telemetry;

public sealed class ResourceTests(TestCluster cluster)
{
    [Theory]
    [InlineData("silo-1", "cluster")]
    [InlineData("host-1", "host")]
    [InlineData("gateway-1", "gateway")]
    public async Task A_process_says_what_part_it_plays(string part, string mode) =>
        Assert.Contains($"blueedge_mode=\"{mode}\"", await cluster.ReadAsync(part, "metrics"), StringComparison.Ordinal);
}
