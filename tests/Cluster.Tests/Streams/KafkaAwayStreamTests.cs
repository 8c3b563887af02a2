using System.Diagnostics;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Streams;

/// <summary>A subscriber of session events whose cluster's Kafka is away for longer than there is room.</summary>
public sealed class KafkaAwayStreamTests(ScarceCluster cluster, ITestOutputHelper output) : IClassFixture<ScarceCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Sessions_go_on_and_what_there_is_no_room_for_is_told_as_a_gap()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
        await using var subscriber = await StreamSubscriber.StartAsync(cluster);
        var before = subscriber.CountGaps();

        await cluster.KillAsync("kafka");
        var since = Stopwatch.StartNew();
        var sessions = await cluster.First.StartManyAsync(60);
        await Task.WhenAll(sessions.Select(session => cluster.First.WaitForEndAsync(session, Patience)));
        output.WriteLine($"Without Kafka {sessions.Length} sessions ended after {since.Elapsed}.");
        await cluster.StartAsync("kafka");

        await subscriber.UntilAllAsync(sessions, session => subscriber.HasAllOf(session) || subscriber.CountGaps(session) > before);

        // One at a time, for there is hardly any room.
        var after = await cluster.First.StartManyAsync(1);
        await subscriber.UntilAllAsync(after, subscriber.HasAllOf);
        var missed = sessions.Count(session => !subscriber.HasAllOf(session));
        output.WriteLine($"{since.Elapsed} after Kafka went all was heard or told; {missed} sessions were not heard as a whole.\n{string.Join('\n', subscriber.Gaps)}");
        Assert.InRange(missed, 1, sessions.Length);
        Assert.InRange(subscriber.CountGaps(), before + 1, int.MaxValue);
    }
}
