using System.Diagnostics;
using System.Net;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class KillTests(TestCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan DeadHost = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeadSilo = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task What_one_gateway_took_ends_though_the_gateway_was_killed()
    {
        var session = await cluster.First.StartDelayAsync(seconds: 1);

        await cluster.KillAsync("gateway-1");

        Assert.Equal("finished", StatusOf(await cluster.Second.WaitForEndAsync(session, Patience)));
        await cluster.StartAsync("gateway-1");
        Assert.Equal("finished", StatusOf(await cluster.First.WaitForEndAsync(session, Patience)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_whose_host_was_killed_or_hangs_fails_with_the_engine_and_the_instance_in_its_reason(bool hangs)
    {
        var session = await cluster.First.StartDelayAsync(seconds: 120);
        var instance = await cluster.First.WaitForInstanceAsync(session);
        var host = cluster.FindHost(instance);

        await (hangs ? cluster.PauseAsync(host) : cluster.KillAsync(host));
        var since = Stopwatch.StartNew();
        var end = await cluster.Second.WaitForEndAsync(session, Patience);

        output.WriteLine($"{host} was noticed after {since.Elapsed}.");
        Assert.Equal("failed", StatusOf(end));
        Assert.Equal(
            $"Engine 'delay' (node 'delay', instance '{instance}') failed: its engine instance was lost",
            end.GetProperty("process").GetProperty("reason").GetString());
        Assert.InRange(since.Elapsed, TimeSpan.Zero, DeadHost);
        if (hangs)
        {
            await cluster.KillAsync(host);
        }

        await cluster.StartAsync(host);
    }

    [Fact]
    public async Task A_session_that_may_run_again_finishes_on_the_other_host()
    {
        var session = await cluster.First.StartDelayAsync(seconds: 2, retries: 3);
        var instance = await cluster.First.WaitForInstanceAsync(session);
        var host = cluster.FindHost(instance);

        await cluster.KillAsync(host);

        var end = await cluster.Second.WaitForEndAsync(session, Patience);
        Assert.Equal("finished", StatusOf(end));
        Assert.Equal(2, end.GetProperty("process").GetProperty("attempt").GetInt32());
        Assert.Equal(1, end.GetProperty("results").GetProperty("Result").GetArrayLength());
        await cluster.StartAsync(host);
    }

    /// <summary>One after the other, so that one of them has the scheduler.</summary>
    [Theory]
    [InlineData("silo-1")]
    [InlineData("silo-2")]
    public async Task When_a_core_silo_is_killed_what_runs_ends_and_new_sessions_run(string silo)
    {
        var session = await cluster.First.StartDelayAsync(seconds: 3);
        await cluster.First.WaitForInstanceAsync(session);

        await cluster.KillAsync(silo);
        var since = Stopwatch.StartNew();
        var next = await SubmitUntilAcceptedAsync();
        var nextEnd = await cluster.Second.WaitForEndAsync(next, Patience);
        output.WriteLine($"{silo}: sessions ran again after {since.Elapsed}.");

        Assert.Equal("finished", StatusOf(nextEnd));
        Assert.InRange(since.Elapsed, TimeSpan.Zero, DeadSilo);
        Assert.Equal("finished", StatusOf(await cluster.First.WaitForEndAsync(session, Patience)));
        await cluster.StartAsync(silo);
    }

    [Fact]
    public async Task Without_core_silos_a_gateway_lives_and_refuses_and_comes_back_with_them()
    {
        await Task.WhenAll(cluster.Parts.Where(part => part.StartsWith("silo-", StringComparison.Ordinal)).Select(cluster.KillAsync));

        var since = Stopwatch.StartNew();
        using var refused = await cluster.First.PostDelayAsync(seconds: 0.01);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.Equal(HttpStatusCode.OK, await cluster.GetStatusAsync("gateway-1", "health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await cluster.GetStatusAsync("gateway-1", "health/ready"));

        since.Restart();
        await cluster.UpAsync();
        output.WriteLine($"Without any core silo for a while, the cluster was up after {since.Elapsed}.");
        var session = await cluster.First.StartDelayAsync(seconds: 0.01);
        Assert.Equal("finished", StatusOf(await cluster.Second.WaitForEndAsync(session, Patience)));
    }

    [Fact]
    public async Task When_everything_is_killed_and_started_again_no_accepted_session_is_missing()
    {
        // Two hosts have 8 slots of this engine: most of these wait, some run, some may run again.
        var sessions = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => cluster.First.StartDelayAsync(seconds: 1, retries: number % 2 * 3)));

        await Task.WhenAll(cluster.Parts.Select(cluster.KillAsync));
        var since = Stopwatch.StartNew();
        await cluster.UpAsync();
        output.WriteLine($"The cluster was up after {since.Elapsed}.");

        var ends = await Task.WhenAll(sessions.Select(session => cluster.Second.WaitForEndAsync(session, Patience)));
        Assert.All(ends.Zip(Enumerable.Range(0, 24)), end =>
        {
            if (StatusOf(end.First) is not "finished")
            {
                Assert.Equal("failed", StatusOf(end.First));
                Assert.Contains("its engine instance was lost", end.First.GetProperty("process").GetProperty("reason").GetString(), StringComparison.Ordinal);
                Assert.True(end.Second % 2 == 0, $"A session that may run again failed: {end.First}");
            }
        });
        Assert.InRange(ends.Count(end => StatusOf(end) is "finished"), 16, 24);
    }

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();

    private async Task<string> SubmitUntilAcceptedAsync()
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken))
        {
            using var response = await cluster.First.PostDelayAsync(seconds: 0.01);
            var answer = await Gateway.ReadAsync(response);
            if (response.IsSuccessStatusCode)
            {
                return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.True(since.Elapsed < DeadSilo, $"No session was accepted: {answer}");
        }
    }
}
