using BlueEdge.Storage;
using Orleans.Storage;
using StackExchange.Redis;

namespace BlueEdge.Silo.Storage;

/// <summary>Membership, grain state and reminders in Redis, over one connection that all of them share.</summary>
internal static class RedisProviders
{
    /// <summary>Has the silo use a Redis that need not be connected before the silo starts.</summary>
    public static ISiloBuilder UseRedis(this ISiloBuilder silo, ConfigurationOptions options, Func<IConnectionMultiplexer> connection)
    {
        silo.Services.AddSingleton(_ => connection());
        silo.UseRedisClustering(clustering =>
        {
            clustering.ConfigurationOptions = options;
            clustering.CreateMultiplexer = _ => Task.FromResult((connection(), IsShared: true));
        });
        silo.UseRedisReminderService(reminders =>
        {
            reminders.ConfigurationOptions = options;
            reminders.CreateMultiplexer = _ => Task.FromResult((connection(), IsShared: true));
        });
        silo.Services.AddRedisGrainStorage(StorageNames.Grains, storage => storage.Configure<IServiceProvider>((grains, services) =>
        {
            grains.ConfigurationOptions = options;
            grains.CreateMultiplexer = _ => Task.FromResult((connection(), IsShared: true));
            grains.GetStorageKey = StorageKeys.State;
            grains.GrainStorageSerializer = ActivatorUtilities.CreateInstance<OrleansGrainStorageSerializer>(services);
            grains.DeleteStateOnClear = true;
        }));
        return silo;
    }
}
