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

    [Fact]
    public async Task What_the_grace_period_is_too_short_for_fails_at_once_with_that_reason()
    {
        await cluster.StopAsync("host-2");
        await cluster.StartAsync("host-2", new Dictionary<string, string> { ["BlueEdge__EngineHost__DrainGrace"] = "00:00:01" });
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.First.StartDelayAsync(seconds: 60)));
        var hosts = await Task.WhenAll(sessions.Select(async session => cluster.FindHost(await cluster.First.WaitForInstanceAsync(session))));

        var since = System.Diagnostics.Stopwatch.StartNew();
        await cluster.StopAsync("host-2");
        foreach (var (session, host) in sessions.Zip(hosts))
        {
            if (host == "host-2")
            {
                var end = await cluster.Second.WaitForEndAsync(session, TimeSpan.FromSeconds(10));
                Assert.Equal("failed", end.GetProperty("process").GetProperty("status").GetString());
                Assert.Contains("was drained before it finished", end.GetProperty("process").GetProperty("reason").GetString(), StringComparison.Ordinal);
            }
            else
            {
                await cluster.First.StopAsync(session);
            }
        }

        Assert.Equal(4, hosts.Count(host => host == "host-2"));
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await cluster.StartAsync("host-2");
        await cluster.IsIdleAsync();
    }
}
