using BlueEdge.Channels;
using BlueEdge.DeadLetters;
using BlueEdge.GrainStates;
using BlueEdge.Results;
using BlueEdge.Scheduling;
using BlueEdge.Sessions.Listing;
using BlueEdge.Sessions.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Storage;

/// <summary>Registers the stores of a cluster.</summary>
internal static class RedisStoreHosting
{
    /// <summary>Keeps in Redis what sessions, the scheduler, engines and other grains keep. The host provides an <c>IConnectionMultiplexer</c> and <see cref="StorageKeys"/>.</summary>
    public static ISiloBuilder AddRedisStores(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.TryAddSingleton<RedisStore>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoreErrors, RedisErrors>());
        services.TryAddSingleton<ISessionStore, RedisSessionStore>();
        services.TryAddSingleton<ISessionLists, RedisSessionLists>();
        services.TryAddSingleton<ISchedulerStores, RedisSchedulerStores>();
        services.TryAddSingleton<IResultNotices, RedisResultNotices>();
        services.TryAddSingleton<IResultStore, RedisResultStore>();
        services.TryAddSingleton<IDeadLetterStore, RedisDeadLetterStore>();
        services.TryAddSingleton<IMailboxLeaseStore, RedisMailboxLeaseStore>();
        services.AddRedisGrainStates();
        return silo;
    }
}
