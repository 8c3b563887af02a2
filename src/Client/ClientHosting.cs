using BlueEdge.Client;
using BlueEdge.Clustering;
using BlueEdge.Clustering.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace BlueEdge;

/// <summary>Makes a .NET process a client of a cluster, without REST.</summary>
public static class ClientHosting
{
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="AddBlueEdgeClient(IServiceCollection, Action{ClusterModeOptions}?)"/>
    public static IHostApplicationBuilder AddBlueEdgeClient(this IHostApplicationBuilder builder, Action<ClusterModeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddBlueEdgeClient(configure);
        return builder;
    }

    /// <summary>
    /// Adds <see cref="IBlueEdgeClient"/>. It finds the cluster by <c>BlueEdge:Redis</c> and <c>BlueEdge:Cluster:Id</c>, or by
    /// what <paramref name="configure"/> sets, and speaks TLS as <see cref="ClusterTlsOptions"/> say, which are read from
    /// <c>BlueEdge:Cluster:Tls</c>. The host's start waits until the cluster is reached; from then on the client
    /// connects again by itself.
    /// </summary>
    public static IServiceCollection AddBlueEdgeClient(this IServiceCollection services, Action<ClusterModeOptions>? configure = null)
    {
        services.AddClusterRedis();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddOrleansClient(client =>
        {
            client.UseRedisClustering(_ => { });
            client.UseClusterTls();
            client.UseConnectionRetryFilter<ConnectionRetry>();

            // By default silos that came within the last minute are not known yet, which is all of them after a restart.
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = RefreshPeriod);
        });
        services.AddOptions<RedisClusteringOptions>().Configure<ClusterRedis>((clustering, redis) =>
        {
            clustering.ConfigurationOptions = redis.Options;
            clustering.CreateMultiplexer = _ => Task.FromResult((redis.Connection, IsShared: true));
        });
        services.AddSingleton<IBlueEdgeClient, BlueEdgeClient>();
        return services;
    }
}
