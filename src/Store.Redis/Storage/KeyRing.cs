using BlueEdge.Clustering.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>The keys with which a cluster encrypts what it stores of its callers' secrets: all its silos have the same.</summary>
public static class KeyRing
{
    /// <summary>Keeps them in Redis. The host provides an <c>IConnectionMultiplexer</c> and <see cref="StorageKeys"/>.</summary>
    public static IServiceCollection AddRedisKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("BlueEdge");
        services.AddOptions<KeyManagementOptions>().Configure<IConnectionMultiplexer, StorageKeys>((management, connection, keys) =>
            management.XmlRepository = new RedisXmlRepository(() => connection.GetDatabase(), keys.KeyRing));
        return services;
    }
}
