using System.Net;
using BlueEdge.Channels;
using BlueEdge.Gateway;
using BlueEdge.Health;
using BlueEdge.Hosting;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;
using BlueEdge.Silo.Hosting;
using BlueEdge.Storage;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace BlueEdge.Silo.Embedded;

/// <summary>One process that needs no other: a cluster of one silo, with a store of its own.</summary>
internal sealed class EmbeddedMode : ISiloMode
{
    private readonly DataFolder _folder;
    private readonly SqliteStore _store;

    private EmbeddedMode(DataFolder folder, SqliteStore store) => (_folder, _store) = (folder, store);

    public ProcessDescription Process =>
        new("BlueEdge takes sessions", "http://127.0.0.1:5080", ("API reference", "/docs"), ("dashboard", "/dashboard")) { Notices = _folder.Notices };

    /// <summary>Takes the data folder, and opens the store in it.</summary>
    /// <exception cref="BlueEdgeException">Another process has the data folder, or it cannot be used.</exception>
    public static EmbeddedMode Start(ModeOptions options)
    {
        var folder = DataFolder.Open(options.DataPath);
        try
        {
            return new(folder, SqliteStore.Open(folder.Store, options.Durability));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Configure(WebApplicationBuilder builder, ISiloBuilder silo)
    {
        builder.AddBlueEdgeGateway();
        builder.Services.AddReadiness<EngineReadiness>("engines").AddReadiness<StoreReadiness>("store");
        silo.AddBasicEngines().AddDocumentEngines();
        silo.Services.AddSingleton<IPostConfigureOptions<SessionLimits>, EmbeddedCapacity>();
        silo.Services.Configure<FolderBlobStoreOptions>(blobs => blobs.Path = _folder.Blobs);
        silo.UseSqliteStore(_store)
            .UseLocalhostClustering(siloPort: FreePorts.Take(), gatewayPort: 0, serviceId: "blueedge", clusterId: "embedded")
            .Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
    }

    public void Map(WebApplication app) => app.MapBlueEdgeGateway();

    /// <summary>Ends the store, with all that it was given.</summary>
    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
