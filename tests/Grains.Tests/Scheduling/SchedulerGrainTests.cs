using System.Diagnostics;
using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Tests.Engines;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Store.Redis.Scheduling;
using StackExchange.Redis;

namespace BlueEdge.Grains.Tests.Scheduling;

/// <summary>The scheduler in a cluster, seen through an engine with one slot that only these tests use.</summary>
public sealed class SchedulerGrainTests(Cluster cluster)
{
    private const int ForEver = -1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISchedulerControl Scheduler => cluster.Grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);

    [Theory]
    [InlineData(ForEver, SessionStatus.Canceled)]
    [InlineData(300, SessionStatus.Failed)]
    public async Task The_slot_of_a_session_that_was_stopped_or_failed_is_another_ones_within_a_second(int milliseconds, SessionStatus end)
    {
        var first = await SubmitAsync(milliseconds);
        var second = await SubmitAsync(ForEver);
        if (milliseconds == ForEver)
        {
            await Cluster.ReachAsync(first, SessionStatus.Processing);
            await first.StopAsync(Ct);
        }

        Assert.Equal(end, (await Cluster.EndAsync(first)).Status);
        var watch = Stopwatch.StartNew();
        await Cluster.ReachAsync(second, SessionStatus.Queuing);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await StopAsync(second);
    }

    [Fact]
    public async Task A_session_canceled_while_it_waits_leaves_no_trace_in_any_queue()
    {
        var holder = await SubmitAsync(ForEver);
        var waiter = await SubmitAsync(ForEver);
        Assert.Equal(1, (await waiter.FindAsync(Ct))?.Position?.Current);
        Assert.NotEmpty(await TracesAsync(waiter));

        await StopAsync(waiter);

        Assert.Empty(await TracesAsync(waiter));
        Assert.Null(await Scheduler.FindPositionAsync(waiter.GetPrimaryKeyString(), Ct));
        Assert.Equal((0, 1), await DemandAsync());
        await StopAsync(holder);
    }

    [Fact]
    public async Task A_slot_granted_to_a_session_that_is_not_there_goes_to_the_next()
    {
        var holder = await SubmitAsync(ForEver);
        await Scheduler.EnlistAsync(
            [new() { SessionId = SessionIds.Create(), Epoch = 1, Rank = int.MaxValue, SubmittedAt = DateTimeOffset.UnixEpoch, Demands = [new() { Engine = "narrow", Slots = 1 }] }], Ct);
        var next = await SubmitAsync(ForEver);
        Assert.Equal(2, (await next.FindAsync(Ct))?.Position?.Current);

        await StopAsync(holder);
        await Cluster.ReachAsync(next, SessionStatus.Processing);

        Assert.Equal((0, 1), await DemandAsync());
        await StopAsync(next);
    }

    [Fact]
    public async Task A_session_that_needs_more_slots_than_there_are_says_so_and_waits_for_instances_to_join()
    {
        var session = cluster.NewSession();
        var nodes = Enumerable.Range(0, 2).Select(i => Specs.Node($"node-{i}", "narrow", [("Control", "c")]));

        var submitted = await session.SubmitAsync(Specs.Session([.. nodes], ("c", 1)), fingerprint: null, Ct);

        Assert.Equal(SubmitOutcome.Accepted, submitted.Outcome);
        var snapshot = await session.FindAsync(Ct);
        Assert.Equal((2, 1), snapshot!.Position!.WaitsFor is [var shortage] ? (shortage.NeededSlots, shortage.Slots) : default); // It waits.
        var warning = Assert.Single(snapshot.Warnings);
        Assert.Equal("more-than-capacity", warning.Code);
        Assert.Contains("2 slots of engine 'narrow'", warning.Message, StringComparison.Ordinal);
        await StopAsync(session);
        Assert.Empty((await session.FindAsync(Ct))!.Warnings); // It was there.
    }

    [Fact]
    public async Task A_session_that_waits_says_for_what_and_how_long_the_oldest_has_waited()
    {
        var holder = await SubmitAsync(ForEver);
        var waiter = await SubmitAsync(ForEver);

        var snapshot = await waiter.FindAsync(Ct);
        Assert.Equal([new EngineShortage { Engine = "narrow", LackingSlots = 1, Instances = 1, NeededSlots = 1, Slots = 1 }], snapshot!.Position!.WaitsFor);
        Assert.Equal(snapshot.SubmittedAt, (await EngineAsync()).OldestPendingSince);

        await StopAsync(waiter);
        Assert.Null((await EngineAsync()).OldestPendingSince);
        await StopAsync(holder);
    }

    [Fact]
    public async Task An_instance_attends_with_its_slots_its_host_and_the_version_of_its_engine()
    {
        var engine = await EngineAsync();
        var instance = Assert.Single(engine.Instances);

        Assert.Equal((1, Environment.MachineName, false), (instance.Slots, instance.Host, instance.Draining));
        Assert.Equal(typeof(NarrowEngine).Assembly.GetName().Version?.ToString(3), engine.Definition.Version.Split('+')[0]);
    }

    private async Task<ISessionGrain> SubmitAsync(int milliseconds)
    {
        var session = cluster.NewSession();
        await session.SubmitAsync(Specs.Single("narrow", milliseconds), fingerprint: null, Ct);
        return session;
    }

    /// <summary>Stops the session, and waits until the scheduler knows nothing of it.</summary>
    private async Task StopAsync(ISessionGrain session)
    {
        await session.StopAsync(Ct);
        await Cluster.EndAsync(session);
        for (var waited = Stopwatch.StartNew(); (await TracesAsync(session)).Count > 0;)
        {
            Assert.True(waited.Elapsed < Patience, "The session was not forgotten.");
            await Task.Yield();
        }
    }

    private async Task<(int Waiting, int Working)> DemandAsync()
    {
        var engine = await EngineAsync();
        return (engine.Waiting, engine.Working);
    }

    private async Task<EngineSnapshot> EngineAsync() =>
        (await cluster.Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain).GetEnginesAsync(Ct)).Single(engine => engine.Definition.Id == "narrow");

    /// <summary>Where the scheduler's keys in the store name the session.</summary>
    private async Task<List<string>> TracesAsync(ISessionGrain session)
    {
        var sessionId = session.GetPrimaryKeyString();
        var keys = new SchedulerKeys(new(StorageKeys.DefaultServiceId), ISchedulerGrain.DefaultDomain);
        var database = cluster.Redis.GetDatabase();
        List<RedisValue> all =
        [
            .. await database.SortedSetRangeByRankAsync(keys.Pending("narrow")),
            .. await database.HashKeysAsync(keys.Attempts),
            .. await database.HashKeysAsync(keys.Losses),
        ];
        return [.. all.Select(value => value.ToString()).Where(value => value.Contains(sessionId, StringComparison.Ordinal))];
    }
}
