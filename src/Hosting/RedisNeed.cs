using BlueEdge.Clustering;
using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Hosting;

/// <summary>A silo joins its cluster in Redis, by a write: one that does not answer, or takes none, ends its start.</summary>
internal sealed class RedisNeed(RedisProbe redis) : IStartNeed
{
    public string Name => "redis";

    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => redis.FindFaultAsync(cancellationToken);

    /// <summary>What it refuses for another reason it refuses the next time too.</summary>
    public bool WasMissed(Exception error) =>
        error is StoreUnavailableException or RedisConnectionException or RedisTimeoutException
        || (error is RedisServerException && error.Message.Contains("LOADING", StringComparison.Ordinal));
}
