using System.Net;
using BlueEdge.Clustering;
using BlueEdge.Clustering.Tls;
using BlueEdge.Grains.Placement;
using BlueEdge.Grains.Sessions;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Clustering;

/// <summary>Makes a silo a member of a cluster of processes.</summary>
public static class ClusterSiloHosting
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How long silos wait for each other's directory and membership. A message that is lost while silos come and go would
    /// otherwise hold the placement of a grain, and all that call it, for Orleans' half minute.
    /// </summary>
    private static readonly TimeSpan SystemPatience = TimeSpan.FromSeconds(5);

    /// <summary>Has the silo find the others in Redis, keep its state there, and host what its role has. Gateways connect to core silos.</summary>
    public static ISiloBuilder JoinCluster(this ISiloBuilder silo, SiloRole role)
    {
        var services = silo.Services;
        services.AddClusterRedis();
        services.AddOptions<EndpointOptions>().Configure<IOptions<ClusterModeOptions>>((endpoints, options) =>
        {
            if (options.Value.AdvertisedAddress is { } address)
            {
                endpoints.AdvertisedIPAddress = IPAddress.Parse(address);
            }

            endpoints.SiloPort = options.Value.SiloPort;
            endpoints.GatewayPort = role is SiloRole.Core ? options.Value.GatewayPort : 0;
        })
            .Validate(
                endpoints => SiloPorts.IsFree(endpoints.SiloListeningEndpoint, endpoints.AdvertisedIPAddress, endpoints.SiloPort),
                $"The port of {ClusterModeOptions.Section}:SiloPort is taken on this machine: stop what listens there, such as another silo, or set another port.")
            .Validate(
                endpoints => SiloPorts.IsFree(endpoints.GatewayListeningEndpoint, endpoints.AdvertisedIPAddress, endpoints.GatewayPort),
                $"The port of {ClusterModeOptions.Section}:GatewayPort is taken on this machine: stop what listens there, such as another silo, or set another port.")
            .ValidateOnStart();
        services.AddSingleton<IFatalErrorHandler, EvictedSilo>();
        services.TryAddSingleton<SiloPulse>();
        services.AddHostedService<MembershipCheck>();
        services.AddOptions<ClusterMembershipOptions>().Configure<IOptions<ClusterModeOptions>>((membership, options) =>
        {
            // Orleans stretches the time for silos that answer slowly, up to four times by default: too long for three misses
            // to be noticed within 5 s.
            membership.ProbeTimeout = options.Value.ProbeTimeout;
            membership.MaxProbeTimeout = options.Value.ProbeTimeout * 1.5;

            // Those who join wait for every silo in the table that seems alive. Where all were killed at once nobody is left
            // to declare them dead, and the last sign of life has to be found old, which is three times as long as this.
            membership.IAmAliveTablePublishTimeout = SignOfLife;
        });
        services.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.SystemResponseTimeout = SystemPatience;
            messaging.PlacementTimeout = SystemPatience;
        });

        // The default directory deactivates the grains that a dead silo was the directory of, wherever they live: the scheduler
        // would sleep when it has most to tell, and engines lose what they were given. This one asks the silos that are left.
#pragma warning disable ORLEANSEXP003 // Experimental: tests/Cluster.Tests kill silos and hosts under it.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // After a crash it would let no grain of the dead silo's live again for 25 s, in case the silo is alive after all. What
        // an activation writes is fenced anyway.
        services.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, FormerKeys>();
        return silo.DeclareRole(role).UseClusterTls().UseRedis(RedisOptions, RedisConnection).AddRedisStores();
    }

    private static ConfigurationOptions RedisOptions(IServiceProvider services) => services.GetRequiredService<ClusterRedis>().Options;

    private static IConnectionMultiplexer RedisConnection(IServiceProvider services) => services.GetRequiredService<ClusterRedis>().Connection;
}
