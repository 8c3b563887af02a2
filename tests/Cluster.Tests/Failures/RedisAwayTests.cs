using System.Diagnostics;
using System.Net;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class RedisAwayTests(TestCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Without_Redis_everything_lives_nothing_is_ready_and_with_it_work_goes_on()
    {
        var session = await cluster.First.StartDelayAsync(seconds: 2);
        await cluster.First.WaitForInstanceAsync(session);

        await cluster.KillAsync("redis");

        var health = await Task.WhenAll(cluster.Parts.Where(part => part is not ("redis" or "kafka")).Select(async part => (
            Part: part, Live: await cluster.GetStatusAsync(part, "health/live"), Ready: await cluster.GetStatusAsync(part, "health/ready"))));
        Assert.All(health, part => Assert.Equal((part.Part, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), part));
        List<TimeSpan> refusals = [];
        for (var since = Stopwatch.StartNew(); since.Elapsed < Away;)
        {
            var asked = since.Elapsed;
            using var refused = await cluster.First.PostDelayAsync(seconds: 0.01);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            refusals.Add(since.Elapsed - asked);
            Assert.InRange(refusals[^1], TimeSpan.Zero, TimeSpan.FromSeconds(6));
        }

        await cluster.StartAsync("redis");
        var back = Stopwatch.StartNew();
        await cluster.UpAsync();
        output.WriteLine($"{refusals.Count} submissions were refused, the slowest after {refusals.Max()}; the cluster was up {back.Elapsed} after Redis was.");
        var end = await cluster.Second.WaitForEndAsync(session, Patience);
        Assert.Equal("finished", end.GetProperty("process").GetProperty("status").GetString());
        Assert.Equal(1, end.GetProperty("results").GetProperty("Result").GetArrayLength());
    }

    [Fact]
    public async Task A_gateway_and_a_silo_that_start_without_Redis_wait_for_it()
    {
        await cluster.KillAsync("redis");
        await Task.WhenAll(cluster.KillAsync("gateway-1"), cluster.KillAsync("silo-1"));

        var starting = Task.WhenAll(cluster.StartAsync("gateway-1"), cluster.StartAsync("silo-1"));

        await UntilLiveAsync("gateway-1");
        await UntilLiveAsync("silo-1");
        using var refused = await cluster.First.PostDelayAsync(seconds: 0.01);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await cluster.StartAsync("redis");
        await starting;
        await cluster.UpAsync();
        Assert.NotEmpty(await cluster.First.StartDelayAsync(seconds: 0.01));
    }

    /// <summary>Another process has no event to wait for.</summary>
    private async Task UntilLiveAsync(string part)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            try
            {
                Assert.Equal(HttpStatusCode.OK, await cluster.GetStatusAsync(part, "health/live"));
                return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        Assert.Fail($"{part} did not live within {Patience}.");
    }
}
