using BlueEdge.Storage;
using Orleans.Storage;
using StackExchange.Redis;

namespace BlueEdge.Silo.Storage;

/// <summary>Membership, grain state and reminders in Redis, over one connection that all of them share.</summary>
internal static class RedisProviders
{
    public static ISiloBuilder UseRedis(this ISiloBuilder silo, IConnectionMultiplexer redis)
    {
        var options = ConfigurationOptions.Parse(redis.Configuration);
        silo.Services.AddSingleton(redis);
        silo.UseRedisClustering(clustering =>
        {
            clustering.ConfigurationOptions = options;
            clustering.CreateMultiplexer = _ => Task.FromResult((redis, true));
        });
        silo.UseRedisReminderService(reminders =>
        {
            reminders.ConfigurationOptions = options;
            reminders.CreateMultiplexer = _ => Task.FromResult((redis, true));
        });
        silo.Services.AddRedisGrainStorage(StorageNames.Grains, storage => storage.Configure<IServiceProvider>((grains, services) =>
        {
            grains.ConfigurationOptions = options;
            grains.CreateMultiplexer = _ => Task.FromResult((redis, true));
            grains.GetStorageKey = StorageKeys.State;
            grains.GrainStorageSerializer = ActivatorUtilities.CreateInstance<OrleansGrainStorageSerializer>(services);
            grains.DeleteStateOnClear = true;
        }));
        return silo;
    }
}
