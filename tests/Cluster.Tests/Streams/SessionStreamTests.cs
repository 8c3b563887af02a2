using System.Diagnostics;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Streams;

namespace BlueEdge.Cluster.Tests.Streams;

/// <summary>A trusted service that subscribes to what happens to all sessions.</summary>
public sealed class SessionStreamTests(TestCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Nothing is heard for at least so long by one that was taken off: by then it is known that it was.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_hears_all_that_happens_to_a_hundred_sessions_in_order()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
        await using var subscriber = await StreamSubscriber.StartAsync(cluster);

        var since = Stopwatch.StartNew();
        var sessions = await cluster.First.StartManyAsync(100);
        await subscriber.UntilAllAsync(sessions, subscriber.HasAllOf);

        output.WriteLine($"All was heard after {since.Elapsed}.\n{string.Join('\n', subscriber.Late(sessions))}");
        Assert.All(sessions, session => Assert.Contains(subscriber.ChangesOf(session), change => change.Events.Any(one => one.NodeStatus is not null)));
    }

    [Fact]
    public async Task Plain_Orleans_does()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
        using var host = await cluster.ConnectAsync(services => services.AddSessionStream());
        TaskCompletionSource<SessionStreamEvent> heard = new();

        var handle = await StreamOf(host).SubscribeAsync((next, _) =>
        {
            heard.TrySetResult(next);
            return Task.CompletedTask;
        });

        Assert.NotEmpty((await heard.Task.WaitAsync(Patience, TimeProvider.System, Ct)).Silo);
        await handle.UnsubscribeAsync();
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task One_that_comes_back_after_a_crash_goes_on_where_it_was_and_misses_nothing()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
        var former = await StreamSubscriber.StartAsync(cluster);
        var first = await cluster.First.StartManyAsync(20);
        await former.UntilAllAsync(first, former.HasAllOf);
        var place = former.Place;
        await former.CrashAsync();

        var sessions = await cluster.First.StartManyAsync(30);
        await Task.WhenAll(sessions.Select(session => cluster.First.WaitForEndAsync(session, Patience)));
        await using var subscriber = await StreamSubscriber.StartAsync(cluster, place);

        await subscriber.UntilAllAsync(sessions, subscriber.HasAllOf);
        Assert.Equal(0, subscriber.CountGaps());
    }

    [Fact]
    public async Task One_that_was_taken_off_subscribes_again_and_misses_nothing()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
        await using var subscriber = await StreamSubscriber.StartAsync(cluster);

        await subscriber.TakeOffAsync();
        var since = Stopwatch.StartNew();
        var sessions = await cluster.First.StartManyAsync(20);
        await subscriber.UntilAllAsync(sessions, subscriber.HasAllOf);

        output.WriteLine($"All was heard after {since.Elapsed}.");
        Assert.Equal(0, subscriber.CountGaps());
        Assert.InRange(since.Elapsed, Silence, Patience);
    }

    [Fact]
    public async Task When_a_core_silo_is_killed_and_comes_back_the_end_of_every_session_is_known_or_a_gap_was_told()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
        await using var subscriber = await StreamSubscriber.StartAsync(cluster);
        var starting = cluster.First.StartManyAsync(100);

        await subscriber.UntilAsync(() => subscriber.Heard > 20, () => $"more than {subscriber.Heard} sessions");
        var before = subscriber.CountGaps();
        await cluster.KillAsync("silo-2");
        var since = Stopwatch.StartNew();
        var all = await starting;
        await cluster.StartAsync("silo-2");
        var after = await cluster.First.StartManyAsync(30);

        await Task.WhenAll(all.Concat(after).Select(session => cluster.First.WaitForEndAsync(session, Patience)));
        await subscriber.UntilAllAsync(after, subscriber.KnowsEndOf);
        await subscriber.UntilAllAsync(all, session => subscriber.HasAllOf(session) || subscriber.CountGaps(session) > before);
        await subscriber.UntilAsync(() => subscriber.Gaps.Any(gap => gap.Contains(" left:", StringComparison.Ordinal)), () => "that a silo left");
        output.WriteLine($"After {since.Elapsed} all was heard or told; of {all.Count(session => !subscriber.KnowsEndOf(session))} of {all.Length} sessions the end was not heard, {all.Count(session => !subscriber.HasAllOf(session))} were not heard as a whole.");
        output.WriteLine(string.Join('\n', subscriber.Gaps));
        Assert.All(all.Concat(after), IsInOrder);

        void IsInOrder(string session) => Assert.Equal(subscriber.ChangesOf(session).Select(each => each.Number).Order().Distinct(), subscriber.ChangesOf(session).Select(each => each.Number));
    }

    [Fact]
    public async Task A_core_silo_starts_without_Kafka_and_what_its_sessions_did_is_heard_once_that_is_back()
    {
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
        await using var subscriber = await StreamSubscriber.StartAsync(cluster);

        await cluster.KillAsync("kafka");
        await cluster.StopAsync("silo-1");
        await cluster.StartAsync("silo-1");
        var sessions = await cluster.First.StartManyAsync(60);
        await Task.WhenAll(sessions.Select(session => cluster.First.WaitForEndAsync(session, Patience)));
        await cluster.StartAsync("kafka");

        await subscriber.UntilAllAsync(sessions, subscriber.KnowsEndOf);
    }

    private static IAsyncStream<SessionStreamEvent> StreamOf(IHost host) => host.Services.GetRequiredService<IClusterClient>()
        .GetStreamProvider(SessionStreams.Provider).GetStream<SessionStreamEvent>(StreamId.Create(SessionStreams.Namespace, SessionStreams.Key));
}
