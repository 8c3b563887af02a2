using System.Net;
using BlueEdge.Channels;
using BlueEdge.Silo.Storage;
using Orleans.Configuration;
using StackExchange.Redis;

namespace BlueEdge.Silo.Embedded;

/// <summary>One process that needs no other: the silo with a store of its own.</summary>
internal static class EmbeddedHosting
{
    private const string ServiceId = "blueedge";

    /// <summary>Takes the data folder, starts the store, and has the silo use it.</summary>
    /// <exception cref="BlueEdgeException">Another process has the data folder.</exception>
    public static async Task<EmbeddedStore> UseEmbeddedStoreAsync(this WebApplicationBuilder builder)
    {
        var embedded = builder.Configuration.GetSection("BlueEdge").Get<EmbeddedOptions>() ?? new();
        var folder = DataFolder.Open(embedded.DataPath);
        var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole());
        var store = EmbeddedStore.Start(folder, loggers);
        var redis = await ConnectionMultiplexer.ConnectAsync(store.ConnectionString);

        // The folder and the store end with the process, after all that uses them.
        builder.Services.AddSingleton(folder).AddSingleton(store).AddSingleton(loggers);
        builder.Services.Configure<FolderBlobStoreOptions>(blobs => blobs.Path = folder.Blobs);
        var clusterId = await StartClusterAsync(redis);
        builder.UseOrleans(silo => silo
            .UseRedis(redis)
            .Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, clusterId))
            .Configure<EndpointOptions>(endpoints =>
            {
                endpoints.AdvertisedIPAddress = IPAddress.Loopback;
                endpoints.SiloPort = FreePorts.Take();
                endpoints.GatewayPort = 0;
            }));
        return store;
    }

    /// <summary>
    /// A cluster id of its own for each start, for ports differ each time and the members of the last one, killed perhaps,
    /// would be waited for. What they left is removed.
    /// </summary>
    private static async Task<string> StartClusterAsync(ConnectionMultiplexer redis)
    {
        var server = redis.GetServers()[0];
        await foreach (var former in server.KeysAsync(pattern: $"{ServiceId}/members/*"))
        {
            await redis.GetDatabase().KeyDeleteAsync(former);
        }

        return Guid.CreateVersion7().ToString("N");
    }
}
