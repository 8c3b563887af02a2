using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Store.Redis.Storage;
using Orleans.Serialization;

namespace BlueEdge.Store.Redis.Scheduling;

/// <summary>The stores of the cluster's schedulers.</summary>
internal sealed class RedisSchedulerStores(RedisStore redis, StorageKeys keys, Serializer serializer) : ISchedulerStores
{
    public ISchedulerStore Of(string domain) => new RedisSchedulerStore(domain, redis, keys, serializer);
}
