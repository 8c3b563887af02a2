using BlueEdge.Clustering.Storage;
using BlueEdge.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace BlueEdge.Clustering;

/// <summary>What silos and clients of a cluster have in common.</summary>
public static class ClusteringHosting
{
    /// <summary>Says which cluster the process belongs to, and connects it to the cluster's Redis, once for everything in it.</summary>
    public static IServiceCollection AddClusterRedis(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ClusterRedis>();
        services.AddSingleton(provider => new StorageKeys(provider.GetRequiredService<IOptions<ClusterModeOptions>>().Value.ServiceId));
        services.AddSingleton<RedisProbe>();
        services.AddSettings<ClusterModeOptions>(ClusterModeOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.Redis = configuration[ClusterModeOptions.RedisSetting] ?? options.Redis);
        services.AddOptions<ClusterOptions>().Configure<IOptions<ClusterModeOptions>>((cluster, options) =>
            (cluster.ServiceId, cluster.ClusterId) = (options.Value.ServiceId, options.Value.Id));
        return services;
    }
}
