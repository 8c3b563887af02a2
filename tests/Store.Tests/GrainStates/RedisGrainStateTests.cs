using BlueEdge.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.GrainStates;

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

    internal override IStores Make() => StoresOf.Redis(redis, _service);

    internal override void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton(redis.Connection).AddSingleton(new StorageKeys(_service));
        silo.AddRedisStores();
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
}
