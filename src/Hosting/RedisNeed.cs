using BlueEdge.Clustering;

namespace BlueEdge.Hosting;

/// <summary>A silo joins its cluster in Redis, by a write: one that does not answer, or takes none, ends its start.</summary>
internal sealed class RedisNeed(RedisProbe redis) : IStartNeed
{
    public string Name => "redis";

    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => redis.FindFaultAsync(cancellationToken);
}
