using BlueEdge.Storage;
using Orleans.Serialization;

namespace BlueEdge.Scheduling;

/// <summary>The stores of the cluster's schedulers.</summary>
internal sealed class RedisSchedulerStores(RedisStore redis, StorageKeys keys, Serializer serializer) : ISchedulerStores
{
    public ISchedulerStore Of(string domain) => new RedisSchedulerStore(domain, redis, keys, serializer);
}
