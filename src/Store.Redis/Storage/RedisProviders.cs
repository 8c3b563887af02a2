using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>Membership and reminders in Redis, over one connection that all of them share.</summary>
internal static class RedisProviders
{
    /// <summary>Has the silo use a Redis that need not be connected before the silo starts.</summary>
    public static ISiloBuilder UseRedis(
        this ISiloBuilder silo, Func<IServiceProvider, ConfigurationOptions> options, Func<IServiceProvider, IConnectionMultiplexer> connection)
    {
        silo.Services.AddSingleton(connection);
        silo.UseRedisClustering(_ => { });
        silo.Services.AddOptions<RedisClusteringOptions>().Configure<IServiceProvider>((clustering, services) =>
        {
            clustering.ConfigurationOptions = options(services);
            clustering.CreateMultiplexer = _ => Task.FromResult((connection(services), IsShared: true));
        });
        silo.UseRedisReminderService(_ => { });
        silo.Services.AddOptions<RedisReminderTableOptions>().Configure<IServiceProvider>((reminders, services) =>
        {
            reminders.ConfigurationOptions = options(services);
            reminders.CreateMultiplexer = _ => Task.FromResult((connection(services), IsShared: true));
        });
        return silo;
    }
}
