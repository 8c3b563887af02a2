using BlueEdge.Clustering;
using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Tests;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Store.Tests.Storage;

/// <summary>Each test has a Redis of its own.</summary>
public sealed class RedisProbeTests : IAsyncLifetime
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private readonly RedisServer _redis = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _redis.InitializeAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task All_that_it_writes_is_named_by_its_service()
    {
        using var cluster = new ClusterRedis(Options.Create(new ClusterModeOptions { Redis = _redis.ConnectionString }));
        using var probe = new RedisProbe(cluster, new("a/b"), _clock);

        Assert.Null(await probe.FindFaultAsync(Ct));

        var keys = _redis.Connection.GetServers()[0].Keys(pattern: "*").Select(key => key.ToString()).Order(StringComparer.Ordinal);
        Assert.Equal(["a%2Fb/mark", "a%2Fb/written"], keys);
    }

    [Fact]
    public async Task Data_that_another_service_lost_are_not_missed()
    {
        using var cluster = new ClusterRedis(Options.Create(new ClusterModeOptions { Redis = _redis.ConnectionString }));
        using var one = new RedisProbe(cluster, new("one"), _clock);
        using var other = new RedisProbe(cluster, new("other"), _clock);
        Assert.Null(await one.FindFaultAsync(Ct));
        Assert.Null(await other.FindFaultAsync(Ct));

        await _redis.Connection.GetDatabase().KeyDeleteAsync(new StorageKeys("one").Mark);
        _clock.Advance(Period);

        Assert.Contains("has lost its data", await one.FindFaultAsync(Ct), StringComparison.Ordinal);
        Assert.Null(await other.FindFaultAsync(Ct));
    }
}
