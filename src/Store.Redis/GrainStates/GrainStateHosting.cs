using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Storage;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.GrainStates;

/// <summary>Registers the storages of a cluster's grains.</summary>
internal static class GrainStateHosting
{
    /// <summary>
    /// Keeps in Redis the state of every grain that has one and names no other storage: those that are not on the way of a session,
    /// whose stores are <see cref="RedisStoreHosting"/>'s; and of those that name <see cref="ExpiringStates"/>.
    /// </summary>
    public static IServiceCollection AddRedisGrainStates(this IServiceCollection services)
    {
        services.AddRedisGrainStates(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, _ => null);
        services.AddRedisGrainStates(ExpiringStates.Name, provider => ExpiringStates.Lifetime(
            provider.GetRequiredService<IOptions<SessionOptions>>().Value, provider.GetRequiredService<IOptions<WebhookOptions>>().Value));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        return services;
    }

    private static void AddRedisGrainStates(this IServiceCollection services, string name, Func<IServiceProvider, TimeSpan?> lifetime)
    {
        var orleans = $"Orleans' {name}";
        services.AddRedisGrainStorage(orleans, options => options.Configure<IServiceProvider>((storage, provider) =>
        {
            // Its validator wants some, but the connection is everybody's.
            storage.ConfigurationOptions = new();
            storage.CreateMultiplexer = _ => Task.FromResult((provider.GetRequiredService<IConnectionMultiplexer>(), IsShared: true));
            storage.GetStorageKey = provider.GetRequiredService<StorageKeys>().GrainState;
            storage.DeleteStateOnClear = true;
            storage.EntryExpiry = lifetime(provider);

            // Fields by the numbers that the type gives them. The default, JSON, names .NET types in what is stored, and loses
            // what a renamed member had.
            storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(provider.GetRequiredService<Serializer>());
        }));
        services.AddKeyedSingleton<IGrainStorage>(name, (provider, _) => new RedisGrainStorage(provider.GetRequiredKeyedService<IGrainStorage>(orleans)));
    }
}
