using System.Diagnostics;
using System.Net;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Failures;

public sealed class KafkaAwayTests(TestCluster cluster, ITestOutputHelper output)
{
    private const int Items = 80;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task What_runs_waits_for_a_killed_Kafka_and_goes_on_without_a_gap()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");

        // Two relays are on two hosts, so that items go from one to the other.
        var session = await cluster.First.StartChainAsync(relays: 2, Enumerable.Repeat(0.2, Items));
        await cluster.First.WaitForInstanceAsync(session);

        await cluster.KillAsync("kafka");
        var since = Stopwatch.StartNew();
        var other = await cluster.First.StartChainAsync(relays: 2, [0.01]);
        var answered = since.Elapsed;
        await Task.Delay(Away - answered, TimeProvider.System, TestContext.Current.CancellationToken);
        var before = Results(await cluster.Second.FindAsync(session));
        await cluster.StartAsync("kafka");
        var back = since.Elapsed;

        var end = await cluster.Second.WaitForEndAsync(session, Patience);
        var otherEnd = await cluster.Second.WaitForEndAsync(other, Patience);
        output.WriteLine($"Kafka was away for {back}; a submission was answered after {answered}; {before} of {Items} items had come, and all after {since.Elapsed}.");
        Assert.True(StatusOf(end) is "finished", end.ToString());
        Assert.Equal(Items, Results(end));
        Assert.InRange(before, 0, Items - 1);
        Assert.True(StatusOf(otherEnd) is "finished", otherEnd.ToString());
        Assert.InRange(answered, TimeSpan.Zero, LongestAnswer);
        await cluster.IsIdleAsync();
    }

    [Fact]
    public async Task A_host_that_starts_without_Kafka_waits_for_it_and_says_so()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
        await Task.WhenAll(cluster.KillAsync("kafka"), cluster.KillAsync("host-1"));

        var starting = cluster.StartAsync("host-1");
        await cluster.UntilLiveAsync("host-1");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await cluster.GetStatusAsync("host-1", "health/ready"));
        await cluster.UntilToldAsync("host-1", "kafka: The topics of the Kafka at");
        await cluster.StartAsync("kafka");
        await starting;

        var session = await cluster.First.StartChainAsync(relays: 2, [0.01]);
        Assert.Equal("finished", StatusOf(await cluster.Second.WaitForEndAsync(session, Patience)));
    }

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();

    private static int Results(JsonElement session) => session.GetProperty("results").GetProperty("Out").GetArrayLength();
}
