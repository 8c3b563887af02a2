using BlueEdge.Clustering.Storage;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.GrainStates;

/// <summary>Registers the default storage of a cluster's grains.</summary>
internal static class GrainStateHosting
{
    /// <summary>
    /// Keeps in Redis the state of every grain that has one and names no other storage: those that are not on the way of a session,
    /// whose stores are <see cref="RedisStoreHosting"/>'s.
    /// </summary>
    public static IServiceCollection AddRedisGrainStates(this IServiceCollection services)
    {
        services.AddRedisGrainStorage(RedisGrainStorage.Orleans, options => options.Configure<IServiceProvider>((storage, provider) =>
        {
            // Its validator wants some, but the connection is everybody's.
            storage.ConfigurationOptions = new();
            storage.CreateMultiplexer = _ => Task.FromResult((provider.GetRequiredService<IConnectionMultiplexer>(), IsShared: true));
            storage.GetStorageKey = provider.GetRequiredService<StorageKeys>().GrainState;
            storage.DeleteStateOnClear = true;

            // Fields by the numbers that the type gives them. The default, JSON, names .NET types in what is stored, and loses
            // what a renamed member had.
            storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(provider.GetRequiredService<Serializer>());
        }));
        services.AddKeyedSingleton<IGrainStorage, RedisGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        return services;
    }
}
