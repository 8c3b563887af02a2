using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Auditing;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Storage;
using BlueEdge.Store.Redis.Auditing;
using BlueEdge.Store.Redis.Channels;
using BlueEdge.Store.Redis.DeadLetters;
using BlueEdge.Store.Redis.GrainStates;
using BlueEdge.Store.Redis.Results;
using BlueEdge.Store.Redis.Scheduling;
using BlueEdge.Store.Redis.Sessions.Listing;
using BlueEdge.Store.Redis.Sessions.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>Registers the stores of a cluster.</summary>
internal static class RedisStoreHosting
{
    /// <summary>Keeps in Redis what sessions, the scheduler, engines and other grains keep. The host provides an <c>IConnectionMultiplexer</c> and <see cref="StorageKeys"/>.</summary>
    public static ISiloBuilder AddRedisStores(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.TryAddSingleton<StoreMetrics>();
        services.TryAddSingleton<RedisStore>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoreErrors, RedisErrors>());
        services.TryAddSingleton<ISessionStore, RedisSessionStore>();
        services.TryAddSingleton<ISessionLists, RedisSessionLists>();
        services.TryAddSingleton<ISchedulerStores, RedisSchedulerStores>();
        services.TryAddSingleton<IResultNotices, RedisResultNotices>();
        services.TryAddSingleton<IResultStore, RedisResultStore>();
        services.TryAddSingleton<IDeadLetterStore, RedisDeadLetterStore>();
        services.TryAddSingleton<IInputLogStore, RedisInputLogStore>();
        services.TryAddSingleton<IAuditStore, RedisAuditStore>();
        services.TryAddSingleton<IMailboxLeaseStore, RedisMailboxLeaseStore>();
        services.AddRedisGrainStates();
        return silo;
    }
}
