using BlueEdge.Clustering.Storage;
using BlueEdge.Engines;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Grains.Tests.Scheduling.Matching;
using BlueEdge.Scheduling;
using BlueEdge.Storage;
using BlueEdge.Store.Redis.Scheduling;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Grains.Tests.Scheduling;

/// <summary>What the scheduler keeps, on a real Redis; each test has a domain of its own.</summary>
public sealed class SchedulerStoreTests(RedisServer redis) : IDisposable
{
    private static readonly StorageKeys Keys = new(StorageKeys.DefaultServiceId);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ServiceProvider _services =
        new ServiceCollection().AddSerializer(builder => builder.AddAssembly(typeof(ISchedulerStore).Assembly)).BuildServiceProvider();

    private readonly string _domain = $"test-{Guid.NewGuid():N}";

    private IDatabase Database => redis.Connection.GetDatabase();

    public void Dispose() => _services.Dispose();

    [Fact]
    public Task What_was_committed_comes_back_with_the_same_order_and_the_same_leases() => Ops.Busy.SampleAsync(
        async ops =>
        {
            var domain = $"test-{Guid.NewGuid():N}";
            var store = Store(domain);
            await store.OpenAsync();
            var writes = new List<SchedulerWrite>();
            var world = new World(bound: int.MaxValue) { OnChanges = (_, changes) => writes.Add(SchedulerWrite.Of(changes)) };
            world.Run(ops);
            foreach (var write in writes.Where(write => !write.IsEmpty))
            {
                await store.CommitAsync(write);
            }

            var restored = new SchedulerModel(bound: 10, remembered: 1_000);
            restored.Restore(await Store(domain).OpenAsync());

            Assert.True(restored.TakeChanges().IsEmpty);
            AssertSame(world, restored);
        },
        iter: 200);

    [Fact]
    public Task What_tenants_hold_and_wait_for_is_theirs_again() => Ops.Busy.SampleAsync(
        async ops =>
        {
            var domain = $"test-{Guid.NewGuid():N}";
            var store = Store(domain);
            await store.OpenAsync();
            var writes = new List<SchedulerWrite>();
            var world = new World(tenants: 3, bound: int.MaxValue) { OnChanges = (_, changes) => writes.Add(SchedulerWrite.Of(changes)) };
            world.Run(ops);
            foreach (var write in writes.Where(write => !write.IsEmpty))
            {
                await store.CommitAsync(write);
            }

            var stored = await Store(domain).OpenAsync();

            Assert.Equal(
                world.Ledger.Waiting.Select(waiter => (waiter.Request.SessionId, waiter.Tenant)).Order(),
                stored.Pending.Select(request => (request.SessionId, request.Tenant)).Order());
            Assert.Equal(
                world.Ledger.Leased.Select(holder => (holder.Request.SessionId, holder.Request.Tenant)).Order(),
                stored.Attempts.Select(attempt => (attempt.SessionId, attempt.Tenant)).Order());
            var restored = new SchedulerModel(bound: 10, remembered: 1_000);
            restored.Restore(stored with { Pending = [] });
            foreach (var engine in restored.Engines)
            {
                Assert.Equal(
                    world.Ledger.Leased.Where(holder => holder.HeldOf(engine.Id) > 0).GroupBy(holder => holder.Request.Tenant ?? "default", StringComparer.Ordinal)
                        .Select(tenant => (tenant.Key, tenant.Sum(holder => holder.HeldOf(engine.Id)))).Order(),
                    engine.Shares.Select(share => (share.Tenant.Id, share.Leased)).Order());
            }
        },
        iter: 100);

    [Fact]
    public async Task An_engine_that_was_registered_is_known_by_the_next_activation_and_one_that_was_forgotten_is_not()
    {
        var store = Store(_domain);
        await store.OpenAsync();
        var model = new SchedulerModel(bound: 10, remembered: 10);
        var planned = new EngineDefinition { Id = "planned", Name = "Planned", Version = "1", Inputs = [], Outputs = [WellKnownPorts.StatusPort], Slots = 3 };
        model.Register(planned, most: 100);
        model.Register(planned with { Id = "mistaken" }, most: 100);
        await store.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));
        model.Unregister("mistaken");
        await store.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));

        var engine = Assert.Single((await Store(_domain).OpenAsync()).Engines);

        Assert.True(engine.SameAs(planned));
    }

    [Fact]
    public async Task A_pending_list_counts_the_sessions_that_wait_for_its_engine()
    {
        var store = Store(_domain);
        await store.OpenAsync();
        var model = new SchedulerModel(bound: 10, remembered: 10);

        model.Enlist(Request(1, rank: 5, ("narrow", 1)));
        model.Enlist(Request(2, rank: 0, ("narrow", 3), ("wide", 2)));
        model.Enlist(Request(3, rank: 5, ("narrow", 1)));
        await store.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));
        model.Withdraw(Request(3, 5).SessionId, 1);
        await store.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));

        var keys = new SchedulerKeys(Keys, _domain);
        Assert.Equal(2, await Database.SortedSetLengthAsync(keys.Pending("narrow")));
        Assert.Equal(1, await Database.SortedSetLengthAsync(keys.Pending("wide")));
        var first = PendingMember.Parse((await Database.SortedSetRangeByRankAsync(keys.Pending("narrow"), 0, 0))[0].ToString());
        Assert.Equal(Request(1, 5).SessionId, first.SessionId);
    }

    [Fact]
    public void The_list_that_is_watched_from_outside_has_the_original_name() =>
        Assert.Equal("__engine_pending_list_ocr__", new SchedulerKeys(Keys, ISchedulerGrain.DefaultDomain).Pending("ocr").ToString());

    [Fact]
    public async Task A_commit_of_very_many_changes_is_one_step()
    {
        const int Count = 20_000;
        var store = Store(_domain);
        await store.OpenAsync();
        var model = new SchedulerModel(bound: 10, remembered: 10);
        for (var i = 1; i <= Count; i++)
        {
            model.Enlist(Request(i, rank: i % 3, ("one", 1), ("other", 1 + (i % 2))));
        }

        await store.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));

        var stored = await Store(_domain).OpenAsync();
        Assert.Equal(Count, stored.Pending.Count);
        Assert.Equal(stored.Pending.OrderByDescending(request => request.Rank).ThenBy(request => request.SubmittedAt), stored.Pending);
        Assert.All(stored.Pending, request => Assert.Equal(["one", "other"], request.Demands.Select(demand => demand.Engine)));
    }

    [Fact]
    public async Task Two_activations_at_once_never_lease_the_same_slot()
    {
        var (older, olderStarts) = await ActivateAsync();
        await older.ApplyAsync(model => model.Join(Attendance("host-1", slots: 1)));

        // The older one is held: it is alive, believes that the slot is free, and knows nothing of the newer.
        var (newer, newerStarts) = await ActivateAsync();
        await newer.ApplyAsync(model => model.Enlist(Request(1, 0, ("engine", 1))));
        var refused = await Assert.ThrowsAsync<SchedulerFencedException>(
            () => older.ApplyAsync(model => model.Enlist(Request(2, 0, ("engine", 1)))));

        Assert.Contains("newer activation", refused.Message, StringComparison.Ordinal);
        Assert.Empty(olderStarts);
        Assert.Equal([Request(1, 0).SessionId], newerStarts);
        var stored = await Store(_domain).OpenAsync();
        Assert.Equal([Request(1, 0).SessionId], stored.Attempts.Select(attempt => attempt.SessionId));
        Assert.Empty(stored.Pending);
        await Assert.ThrowsAsync<SchedulerFencedException>(() => older.ApplyAsync(_ => { }));
    }

    [Fact]
    public async Task While_the_store_is_away_callers_are_told_to_come_again_and_nothing_is_lost_once_it_is_back()
    {
        await using var server = new RedisServer();
        await server.InitializeAsync();
        var options = ConfigurationOptions.Parse(server.ConnectionString);
        (options.AsyncTimeout, options.AllowAdmin) = (100, true);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        var (events, started) = await ActivateAsync(connection, patience: TimeSpan.FromSeconds(0.2));
        await events.ApplyAsync(model => model.Join(Attendance("host-1", slots: 2)));

        await connection.GetServers()[0].ExecuteAsync("CLIENT", "PAUSE", "2000", "ALL");
        var waited = await Assert.ThrowsAsync<StoreUnavailableException>(() => events.ApplyAsync(model => model.Enlist(Request(1, 0, ("engine", 1)))));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => events.ApplyAsync(model => model.Enlist(Request(2, 0, ("engine", 1)))));
        var patient = events.ApplyPatientlyAsync(model => model.Confirm(new() { SessionId = Request(1, 0).SessionId, Epoch = 1 }));
        Assert.Empty(started);
        Assert.False(patient.IsCompleted);

        await patient;
        Assert.Contains("does not answer", waited.Message, StringComparison.Ordinal);
        Assert.Equal([Request(1, 0).SessionId], started);

        // Both come again: one has its slot already.
        await events.ApplyAsync(model => model.Enlist(Request(1, 0, ("engine", 1))));
        await events.ApplyAsync(model => model.Enlist(Request(2, 0, ("engine", 1))));
        Assert.Equal([Request(1, 0).SessionId, Request(2, 0).SessionId], started);
        var stored = await Store(_domain, connection).OpenAsync();
        Assert.Equal(2, stored.Attempts.Count);
        Assert.True(stored.Attempts.Single(attempt => attempt.SessionId == Request(1, 0).SessionId).Confirmed);
    }

    private static void AssertSame(World world, SchedulerModel restored)
    {
        var before = world.Model;
        Assert.Equal(before.Pending, restored.Pending);
        Assert.Equal(
            before.Attempts.OrderBy(attempt => attempt.Id).Select(Describe),
            restored.Attempts.OrderBy(attempt => attempt.Id).Select(Describe));
        Assert.Equal(
            before.Instances.OrderBy(instance => instance.Id, StringComparer.Ordinal).Select(Describe),
            restored.Instances.OrderBy(instance => instance.Id, StringComparer.Ordinal).Select(Describe));

        foreach (var engine in restored.Engines)
        {
            var queue = world.Ledger.Waiting
                .Where(waiter => waiter.Needs(engine.Id) > 0)
                .OrderByDescending(waiter => waiter.Request.Rank)
                .ThenBy(waiter => waiter.Request.SubmittedAt)
                .ThenBy(waiter => waiter.Request.SessionId, StringComparer.Ordinal)
                .Select(waiter => waiter.Request.SessionId)
                .ToList();
            Assert.Equal(queue, queue.OrderBy(id => engine.Shares.Single(share => share.Count > 0).Regular.IndexOf(restored.Handle(id))));
        }
    }

    private static string Describe(Attempt attempt) =>
        $"{attempt.Id} {attempt.Epoch} {attempt.Confirmed} " +
        string.Join(' ', attempt.Groups.Select(group => $"{group.Engine.Id} {group.InstanceId} {group.Granted} {group.Released}"));

    private static string Describe(Instance instance) =>
        $"{instance.Id} {instance.Attendance.Slots} {instance.Leased} {instance.Draining} {instance.Warm}";

    private static EnlistRequest Request(int number, int rank, params (string Engine, int Slots)[] demands) =>
        World.Request(number, demands) with { Rank = rank };

    private static InstanceAttendance Attendance(string instance, int slots) => World.Attendance(instance, "engine", slots);

    private RedisSchedulerStore Store(string domain, IConnectionMultiplexer? connection = null) =>
        new(domain, new(connection ?? redis.Connection), Keys, _services.GetRequiredService<Serializer>());

    /// <summary>A scheduler's events on the store as they are in an activation, and the sessions that they started.</summary>
    private async Task<(SchedulerEvents Events, List<string> Started)> ActivateAsync(IConnectionMultiplexer? connection = null, TimeSpan? patience = null)
    {
        var store = Store(_domain, connection);
        var model = new SchedulerModel(bound: 10, remembered: 10);
        model.Restore(await store.OpenAsync());
        var started = new List<string>();
        var events = new SchedulerEvents(
            model,
            store,
            (changes, _) => started.AddRange(changes.Granted.Select(attempt => SessionKey.Unpack(attempt.Id))),
            _ => { },
            TimeProvider.System,
            patience ?? Patience);
        return (events, started);
    }
}
