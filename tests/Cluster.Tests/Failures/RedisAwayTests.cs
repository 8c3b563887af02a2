using System.Diagnostics;
using System.Net;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class RedisAwayTests(TestCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Starting = ["gateway-1", "silo-1", "host-1"];
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
    public async Task What_starts_without_Redis_waits_for_it_and_says_so()
    {
        await cluster.KillAsync("redis");
        await Task.WhenAll(Starting.Select(cluster.KillAsync));

        var starting = Task.WhenAll(Starting.Select(cluster.StartAsync));

        foreach (var part in Starting)
        {
            await cluster.UntilLiveAsync(part);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await cluster.GetStatusAsync(part, "health/ready"));
            await cluster.UntilToldAsync(part, "redis: The cluster's Redis does not answer.");
        }

        using var refused = await cluster.First.PostDelayAsync(seconds: 0.01);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await cluster.StartAsync("redis");
        await starting;
        await cluster.UpAsync();
        Assert.NotEmpty(await cluster.First.StartDelayAsync(seconds: 0.01));
    }

    [Fact]
    public async Task A_silo_and_a_host_that_start_while_Redis_takes_no_writes_wait_until_it_does()
    {
        await Task.WhenAll(cluster.KillAsync("host-1"), cluster.KillAsync("silo-1"));
        await cluster.TellRedisAsync("CONFIG", "SET", "min-replicas-to-write", "1");
        Task starting;
        try
        {
            starting = Task.WhenAll(cluster.StartAsync("host-1"), cluster.StartAsync("silo-1"));
            await cluster.UntilLiveAsync("host-1");
            await cluster.UntilLiveAsync("silo-1");
            await cluster.UntilToldAsync("silo-1", "redis: The cluster's Redis takes no writes now: NOREPLICAS");
            await cluster.UntilToldAsync("host-1", "redis: The cluster's Redis takes no writes now: NOREPLICAS");
        }
        finally
        {
            await cluster.TellRedisAsync("CONFIG", "SET", "min-replicas-to-write", "0");
        }

        await starting;
        await cluster.UpAsync();
        Assert.NotEmpty(await cluster.First.StartDelayAsync(seconds: 0.01));
    }

    [Fact]
    public async Task A_silo_and_a_host_whose_Redis_goes_again_in_the_middle_of_their_start_begin_anew_and_wait_for_it()
    {
        await cluster.KillAsync("redis");
        await Task.WhenAll(cluster.KillAsync("host-1"), cluster.KillAsync("silo-1"));
        var log = cluster.EndOfLog("silo-1");
        var starting = Task.WhenAll(cluster.StartAsync("host-1"), cluster.StartAsync("silo-1"));
        await Task.WhenAll(cluster.UntilLiveAsync("host-1"), cluster.UntilLiveAsync("silo-1"));

        await cluster.StartAsync("redis");
        await cluster.UntilLoggedAsync("silo-1", "it goes on with its start", log);
        await cluster.KillAsync("redis");
        await cluster.UntilLoggedAsync("silo-1", "it begins anew and waits for it", log);
        await cluster.StartAsync("redis");

        await starting;
        await cluster.UpAsync();
        Assert.NotEmpty(await cluster.First.StartDelayAsync(seconds: 0.01));
    }
}
