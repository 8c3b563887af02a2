using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class DrainTests(TestCluster cluster)
{
    [Fact]
    public async Task A_host_that_is_told_to_stop_finishes_what_it_has()
    {
        var session = await cluster.First.StartDelayAsync(seconds: 3);
        var host = cluster.FindHost(await cluster.First.WaitForInstanceAsync(session));

        await cluster.StopAsync(host);

        var end = await cluster.Second.WaitForEndAsync(session, TimeSpan.FromSeconds(10));
        Assert.Equal("finished", end.GetProperty("process").GetProperty("status").GetString());
        await cluster.StartAsync(host);
    }
}
