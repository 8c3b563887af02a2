using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.DependencyInjection;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions.Events;

public sealed class SessionEventTests(Cluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_is_asked_to_tells_all_that_happened_to_it()
    {
        var session = cluster.NewSession();

        await session.SubmitAsync(Chain(2, 7) with { KeepsEvents = true }, null, Ct);
        var events = await EventLog.FollowAsync(session);

        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(one => one.Number));
        Assert.Equal(
            [SessionStatus.Pending, SessionStatus.Queuing, SessionStatus.Processing, SessionStatus.Finished],
            events.Where(one => one.Kind is SessionEventKind.StatusChanged).Select(one => one.Status!.Value)); // Set with the kind.
        Assert.Single(events, one => one.Kind is SessionEventKind.AttemptBegan);
        Assert.All(["relay-0", "relay-1"], node => Assert.Equal(
            [SubSessionStatus.Preparing, SubSessionStatus.Ready, SubSessionStatus.Finished],
            events.Where(one => one.Node == node && one.Kind is SessionEventKind.NodeChanged).Select(one => one.NodeStatus!.Value))); // Set with the kind.
    }

    [Fact]
    public async Task One_that_is_not_asked_to_keeps_none_and_says_so()
    {
        var session = cluster.NewSession();
        await session.SubmitAsync(Chain(1, 7), null, Ct);

        var page = await session.FollowEventsAsync(0, Patience, Ct);

        Assert.Equal((false, true, 0), (page!.IsKept, page.IsLast, page.Events.Length));
        await Cluster.EndAsync(session);
        Assert.False(await cluster.Redis.GetDatabase().KeyExistsAsync(new StorageKeys(StorageKeys.DefaultServiceId).Events(session.GetPrimaryKeyString())));
    }

    [Fact]
    public async Task What_it_keeps_goes_with_the_session()
    {
        var session = cluster.NewSession();
        await session.SubmitAsync(Chain(1, 7) with { KeepsEvents = true }, null, Ct);
        await EventLog.FollowAsync(session);

        var key = new StorageKeys(StorageKeys.DefaultServiceId).Events(session.GetPrimaryKeyString());

        Assert.InRange((await cluster.Redis.GetDatabase().KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)); // It has one.
    }

    [Fact]
    public async Task Who_follows_a_session_that_waits_hears_of_its_stop_at_once()
    {
        var session = cluster.NewSession();
        await session.SubmitAsync(Single("delay", new { seconds = 600 }, ("Result", "result")) with { KeepsEvents = true }, null, Ct);
        await Cluster.ReachAsync(session, SessionStatus.Processing);
        var told = await ReadAsync(session);

        var next = session.FollowEventsAsync(told, Patience, Ct);
        await session.StopAsync(Ct);

        Assert.Equal(SessionStatus.Stopping, (await next)!.Events[0].Status);
    }

    [Fact]
    public async Task An_unknown_session_has_no_events() => Assert.Null(await cluster.NewSession().FollowEventsAsync(0, TimeSpan.Zero, Ct));

    [Fact]
    public async Task Each_attempt_begins_and_a_retry_says_why()
    {
        var session = cluster.NewSession();
        await session.SubmitAsync(Single("fail", new { message = "no" }) with { KeepsEvents = true, Retry = new() { Attempts = 1 } }, null, Ct);

        var events = await EventLog.FollowAsync(session);

        Assert.Equal([1, 2], events.Where(one => one.Kind is SessionEventKind.AttemptBegan).Select(one => one.Epoch));
        var again = Assert.Single(events, one => one is { Status: SessionStatus.Pending, PreviousStatus: SessionStatus.Stopping });
        Assert.Contains("failed", again.Reason, StringComparison.Ordinal);
        Assert.Equal(SessionStatus.Failed, events[^1].Status);
    }

    [Fact]
    public async Task A_write_that_the_store_refused_leaves_no_event_behind_and_none_out()
    {
        var store = new MemorySessionStore();
        var writes = 0;
        store.Refuses = (_, _) => Interlocked.Increment(ref writes) is 2 or 4 or 5;
        await using var own = await OwnCluster.StartAsync(silos: 1, silo => silo.Services.AddSingleton<ISessionStore>(store));
        var session = own.Grains.GetGrain<ISessionGrain>(SessionIds.Create());

        // Results would look for their session in the other store.
        var chain = Chain(2, 7);
        await session.SubmitAsync(chain with { KeepsEvents = true, Channels = [.. chain.Channels.Select(channel => channel with { Interested = false })] }, null, Ct);
        var events = await EventLog.FollowAsync(session);

        Assert.True(writes > 5, "The store refused too few writes for this to show anything.");
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(one => one.Number));
        Assert.Equal(
            [SessionStatus.Pending, SessionStatus.Queuing, SessionStatus.Processing, SessionStatus.Finished],
            events.Where(one => one.Kind is SessionEventKind.StatusChanged).Select(one => one.Status!.Value)); // Set with the kind.
    }

    private static async Task<long> ReadAsync(ISessionGrain session) => (await session.FollowEventsAsync(0, TimeSpan.Zero, Ct))!.Events[^1].Number;
}
