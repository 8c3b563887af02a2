using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Storage;
using BlueEdge.Grains.Tests;
using BlueEdge.Storage;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Store.Tests.GrainStates;

public sealed class RedisGrainStateTests(RedisServer redis) : GrainStateFacts
{
    private readonly string _service = $"test/{Guid.NewGuid():N}";

    [Fact]
    public async Task A_Redis_that_takes_no_writes_or_is_away_is_unavailable()
    {
        await using var own = new RedisServer();
        await own.InitializeAsync();
        await using var stores = StoresOf.Redis(own, "service");
        var storage = await stores.OpenGrainStatesAsync();
        var (grain, state) = (Grain("a"), State("kept"));
        await storage.WriteStateAsync("note", grain, state);

        await own.SetAsync("min-replicas-to-write", "1");
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => storage.WriteStateAsync("note", grain, state));
        Assert.Contains("NOREPLICAS", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => storage.ClearStateAsync("note", grain, state));
        await own.SetAsync("min-replicas-to-write", "0");
        await storage.WriteStateAsync("note", grain, state);

        await own.SignalAsync("KILL");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => storage.ReadStateAsync("note", grain, state));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => storage.WriteStateAsync("note", grain, state));
    }

    [Fact]
    public async Task What_Redis_will_never_take_is_said_in_words_that_every_process_can_read()
    {
        var storage = await Stores.OpenGrainStatesAsync();
        await redis.Connection.GetDatabase().StringSetAsync(new StorageKeys(_service).GrainState("note", Grain("a")), "something else");

        var refused = await Assert.ThrowsAsync<BlueEdgeException>(() => storage.WriteStateAsync("note", Grain("a"), State("lost")));

        Assert.Contains("WRONGTYPE", refused.Message, StringComparison.Ordinal);
        Assert.Null(refused.InnerException);
    }

    [Fact]
    public async Task Who_calls_a_grain_is_told_that_its_state_cannot_be_read_or_written_now()
    {
        await using var own = new RedisServer();
        await own.InitializeAsync();
        await WithSiloAsync(silo => Configure(silo.AddGrainErrors(), own, "service"), async grains =>
        {
            var (awake, asleep) = (grains.GetGrain<INoteGrain>("awake"), grains.GetGrain<INoteGrain>("asleep"));
            await awake.WriteAsync("kept");

            await own.SignalAsync("KILL");

            await Assert.ThrowsAsync<StoreUnavailableException>(() => awake.WriteAsync("lost"));

            // Its activation fails, and that passes no filter: Orleans' own error has the store's inside.
            var failed = await Assert.ThrowsAsync<OrleansException>(asleep.ReadAsync);
            Assert.IsType<StoreUnavailableException>(failed.InnerException);
        });
    }

    internal override IStores Make() => StoresOf.Redis(redis, _service);

    internal override void Configure(ISiloBuilder silo) => Configure(silo, redis, _service);

    /// <summary>Redis has a clock of its own: what is left of the key's time is made less.</summary>
    internal override async Task PassAsync(GrainId grain, string name, TimeSpan time)
    {
        var (database, key) = (redis.Connection.GetDatabase(), new StorageKeys(_service).GrainState(name, grain));
        var left = await database.KeyTimeToLiveAsync(key) ?? throw new InvalidOperationException($"{key} does not expire.");
        await database.KeyExpireAsync(key, left - time);
    }

    /// <summary>Counts what has the service's name, so that it has nothing else either.</summary>
    protected override async Task<int> CountAsync()
    {
        var count = 0;
        await foreach (var key in redis.Connection.GetServers()[0].KeysAsync(pattern: $"{Uri.EscapeDataString(_service)}/*", cursor: 0))
        {
            Assert.StartsWith($"{Uri.EscapeDataString(_service)}/grains/note/", key.ToString(), StringComparison.Ordinal);
            count++;
        }

        return count;
    }

    private static void Configure(ISiloBuilder silo, RedisServer redis, string service)
    {
        silo.Services.AddSingleton(redis.Connection).AddSingleton(new StorageKeys(service));
        silo.AddRedisStores();
    }
}
