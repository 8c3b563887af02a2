using System.Net;
using BlueEdge.Blobs;
using BlueEdge.Embedded.Data;
using BlueEdge.EngineHost.Health;
using BlueEdge.Gateway;
using BlueEdge.Grains.Operations;
using BlueEdge.Hosting;
using BlueEdge.Operations;
using BlueEdge.Settings;
using BlueEdge.SiloHosting;
using BlueEdge.SiloHosting.Dashboard;
using BlueEdge.Store.Sqlite.Storage;
using BlueEdge.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace BlueEdge.Embedded.Modes;

/// <summary>One process that needs no other: a cluster of one silo, with a store of its own.</summary>
internal sealed class EmbeddedMode : ISiloMode
{
    private readonly ModeOptions _options;
    private readonly DataFolder _folder;
    private readonly SqliteStore _store;

    private EmbeddedMode(ModeOptions options, DataFolder folder, SqliteStore store) => (_options, _folder, _store) = (options, folder, store);

    public ProcessDescription Process =>
        new("BlueEdge takes sessions", "http://127.0.0.1:5080", ("API reference", "/docs"), ("dashboard", "/dashboard"))
        {
            Mode = _options.Mode.ToString(),
            DataPath = _options.DataPath,
            Notices = _folder.Notices,
        };

    /// <summary>Takes the data folder, and opens the store in it.</summary>
    /// <exception cref="BlueEdgeException">Another process has the data folder, or it cannot be used.</exception>
    public static EmbeddedMode Start(ModeOptions options)
    {
        var folder = DataFolder.Open(options.DataPath);
        try
        {
            return new(options, folder, SqliteStore.Open(folder.Store, options.Durability));
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
        builder.Services.AddEngineReadiness().AddReadiness<StoreReadiness>("store");
        silo.Services.AddSingleton(new SettingsSection(ModeOptions.Section, typeof(ModeOptions)));
        silo.Services.AddSingleton<IPostConfigureOptions<SessionLimits>, EmbeddedCapacity>();
        silo.Services.Configure<FolderBlobStoreOptions>(blobs => blobs.Path = _folder.Blobs);
        silo.Services.AddDataProtection().SetApplicationName("BlueEdge").PersistKeysToFileSystem(new(_folder.Keys));

        // The keys are read when a webhook's headers are locked or unlocked, and not by every start, which would hold some MB for them.
        foreach (var reader in silo.Services.Where(service => service.ImplementationType?.Name is "DataProtectionHostedService").ToList())
        {
            silo.Services.Remove(reader);
        }
        silo.UseSqliteStore(_store)
            .UseLocalhostClustering(siloPort: FreePorts.Take(), gatewayPort: 0, serviceId: "blueedge", clusterId: "embedded")
            .Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback)
            .TellOthers(SiloModeNames.Embedded)
            .AddCore();
    }

    public void Map(WebApplication app)
    {
        app.MapBlueEdgeGateway();
        app.MapSiloDashboard();
    }

    /// <summary>Ends the store, with all that it was given.</summary>
    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
