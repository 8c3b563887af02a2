using System.Net;
using BlueEdge.Channels;
using BlueEdge.Silo.Storage;
using BlueEdge.Storage;
using Orleans.Configuration;
using StackExchange.Redis;

namespace BlueEdge.Silo.Embedded;

/// <summary>One process that needs no other: the silo with a store of its own.</summary>
internal static class EmbeddedHosting
{
    private const string ServiceId = "blueedge";
    private const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>Takes the data folder, starts the store, and has the silo use it.</summary>
    /// <exception cref="BlueEdgeException">Another process has the data folder.</exception>
    public static async Task<EmbeddedStore> UseEmbeddedStoreAsync(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        var embedded = builder.Configuration.GetSection("BlueEdge").Get<EmbeddedOptions>() ?? new();
        var store = await EmbeddedStore.StartAsync(embedded.DataPath, builder.Configuration.GetSection("Logging"));
        builder.Services.AddSingleton<IDurabilityBarrier>(new CommittedLog(store.Connection));
        builder.Services.Configure<FolderBlobStoreOptions>(blobs => blobs.Path = store.Folder.Blobs);
        var clusterId = await StartClusterAsync(store.Connection);
        builder.UseOrleans(silo => silo
            .UseRedis(store.Connection)
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
        await foreach (var former in redis.GetServers()[0].KeysAsync(pattern: $"{ServiceId}/members/*"))
        {
            await redis.GetDatabase().KeyDeleteAsync(former);
        }

        return Guid.CreateVersion7().ToString("N");
    }
}
