using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class DrainTests(TestCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task A_host_that_is_told_to_stop_finishes_what_it_has_and_takes_nothing_new()
    {
        const string Host = "host-2";
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.First.StartDelayAsync(seconds: 5)));
        var hosts = await Task.WhenAll(sessions.Select(HostOfAsync));
        Assert.Equal(4, hosts.Count(host => host == Host));

        var since = System.Diagnostics.Stopwatch.StartNew();
        var stopping = cluster.StopAsync(Host);

        // All slots are busy: these start when those of both hosts are free again.
        var later = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.First.StartDelayAsync(seconds: 0.5)));
        foreach (var session in sessions.Concat(later))
        {
            var process = (await cluster.Second.WaitForEndAsync(session, TimeSpan.FromSeconds(20))).GetProperty("process");
            Assert.Equal("finished", process.GetProperty("status").GetString());
            if (later.Contains(session, StringComparer.Ordinal))
            {
                Assert.NotEqual(Host, cluster.FindHost(process.GetProperty("engines")[0].GetProperty("instance").GetString()!)); // It ran.
            }
        }

        await stopping;
        output.WriteLine($"The host had ended {since.Elapsed} after it was told to, with four sessions of 5 s.");
        await cluster.StartAsync(Host);
        await cluster.IsIdleAsync();
    }

    [Fact]
    public async Task What_the_grace_period_is_too_short_for_fails_at_once_with_that_reason()
    {
        await cluster.StopAsync("host-2");
        await cluster.StartAsync("host-2", new Dictionary<string, string> { ["BlueEdge__EngineHost__DrainGrace"] = "00:00:01" });
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.First.StartDelayAsync(seconds: 60)));
        var hosts = await Task.WhenAll(sessions.Select(HostOfAsync));

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
        output.WriteLine($"Its four sessions had failed {since.Elapsed} after it was told to stop, with a grace period of 1 s.");
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await cluster.StartAsync("host-2");
        await cluster.IsIdleAsync();
    }

    private async Task<string> HostOfAsync(string session) => cluster.FindHost(await cluster.First.WaitForInstanceAsync(session));
}
