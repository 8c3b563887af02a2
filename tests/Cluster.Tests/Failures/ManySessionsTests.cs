using System.Diagnostics;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class ManySessionsTests(TestCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task With_a_hundred_sessions_alive_the_death_of_a_core_silo_fails_none()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => cluster.First.StartDelayAsync(seconds: 0.5)));

        await cluster.KillAsync("silo-3");
        var since = Stopwatch.StartNew();
        var ends = await Task.WhenAll(sessions.Select(session => cluster.Second.WaitForEndAsync(session, Patience)));
        output.WriteLine($"All had ended {since.Elapsed} after the kill; 100 sessions of 0.5 s on 8 slots take 6.25 s.");
        await cluster.StartAsync("silo-3");

        Assert.All(ends, end => Assert.True(StatusOf(end) is "finished", end.ToString()));
        Assert.All(ends, end => Assert.Equal(1, end.GetProperty("results").GetProperty("Result").GetArrayLength()));
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(6.25 + 15 + 10));
        await cluster.IsIdleAsync();
    }

    [Fact]
    public async Task A_thousand_that_wait_when_everything_is_killed_all_run()
    {
        var blocking = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.First.StartDelayAsync(seconds: 30, retries: 3)));
        var waiting = new List<string>();
        foreach (var some in Enumerable.Range(0, 1_000).Chunk(50))
        {
            waiting.AddRange(await Task.WhenAll(some.Select(_ => cluster.First.StartDelayAsync(seconds: 0.02, retries: 3))));
        }

        await Task.WhenAll(cluster.Parts.Select(cluster.KillAsync));
        var since = Stopwatch.StartNew();
        await cluster.UpAsync();
        output.WriteLine($"Up again after {since.Elapsed}.");
        await Task.WhenAll(blocking.Select(cluster.First.StopAsync));

        foreach (var session in waiting)
        {
            var end = await cluster.Second.WaitForEndAsync(session, Patience);
            Assert.True(StatusOf(end) is "finished", end.ToString());
        }

        output.WriteLine($"All thousand had run after {since.Elapsed}.");
        await cluster.IsIdleAsync();
    }

    [Fact]
    public async Task Fifty_clients_of_a_killed_gateway_ask_again_and_have_fifty_sessions()
    {
        const string Session =
            """
            {
              "engineId": "delay",
              "inputs": { "Control": { "type": "JSON", "payload": { "seconds": 0.5 } } },
              "outputs": { "Result": { "type": "JSON", "interested": true } },
              "waitTimeSecond": 60
            }
            """;
        var keys = Enumerable.Range(0, 50).Select(number => $"{Guid.NewGuid():N}-{number}").ToList();
        var asking = keys.Select(key => cluster.First.TrySubmitAsync(Session, key)).ToList();
        await Task.WhenAny(asking);

        await cluster.KillAsync("gateway-1");
        var answered = await Task.WhenAll(asking);
        var again = await Task.WhenAll(keys.Select(key => cluster.Second.TrySubmitAsync(Session, key)));
        await cluster.StartAsync("gateway-1");

        output.WriteLine($"{answered.Count(answer => answer is null)} of 50 were cut off.");
        Assert.Contains(answered, answer => answer is null);
        Assert.All(again, answer => Assert.Equal("finished", StatusOf(answer!.Value)));
        var ids = again.Select(answer => answer!.Value.GetProperty("sessionId").GetString()).ToList();
        Assert.Equal(50, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(answered.Zip(ids), pair => Assert.True(pair.First is null || pair.First.Value.GetProperty("sessionId").GetString() == pair.Second));
        await cluster.IsIdleAsync();
    }

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();
}
