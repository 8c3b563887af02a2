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
using StackExchange.Redis;

namespace BlueEdge.Silo.Embedded;

/// <summary>One process that needs no other: a cluster of one silo, with a store of its own.</summary>
internal sealed class EmbeddedMode : ISiloMode
{
    private const string ServiceId = "blueedge";

    private readonly DataFolder _folder;
    private readonly ILoggerFactory _loggers;
    private readonly ConfigurationOptions _options;
    private readonly Task<EmbeddedStore> _store;
    private ConnectionMultiplexer? _redis;

    private EmbeddedMode(DataFolder folder, ILoggerFactory loggers)
    {
        _folder = folder;
        _loggers = loggers;
        var port = FreePorts.Take();
        _options = new()
        {
            EndPoints = { { IPAddress.Loopback, port } },
            AllowAdmin = true,

            // A checkpoint of much data holds writes up for as long as the disk is busy.
            AsyncTimeout = 30_000,
        };

        // It reads the log back before it answers. Meanwhile the host is built, on a thread of its own since this one blocks.
        _store = Task.Factory.StartNew(
            () => EmbeddedStore.Start(folder, port, loggers), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public ProcessDescription Process { get; } =
        new("BlueEdge takes sessions", "http://127.0.0.1:5080", ("API reference", "/docs"), ("dashboard", "/dashboard"));

    private ConnectionMultiplexer Redis => _redis ?? throw new InvalidOperationException("The embedded store is not connected yet.");

    /// <summary>Takes the data folder, and has the store start.</summary>
    /// <exception cref="BlueEdgeException">Another process has the data folder.</exception>
    public static EmbeddedMode Start(ModeOptions options, IConfiguration configuration)
    {
        var folder = DataFolder.Open(options.DataPath);
        var level = configuration.GetValue("Logging:LogLevel:Garnet", LogLevel.Warning);
        return new(folder, LoggerFactory.Create(logging => logging.SetMinimumLevel(level).AddSimpleConsole(console => console.SingleLine = true)));
    }

    public void Configure(WebApplicationBuilder builder, ISiloBuilder silo)
    {
        builder.AddBlueEdgeGateway();
        builder.Services.AddReadiness<EngineReadiness>("engines");
        silo.AddBasicEngines().AddDocumentEngines();
        silo.Services.AddSingleton<IPostConfigureOptions<SessionLimits>, EmbeddedCapacity>();
        silo.Services.AddSingleton<CommittedLog>().AddSingleton<IDurabilityBarrier>(services => services.GetRequiredService<CommittedLog>());
        silo.Services.AddHostedService<LogCommitService>();
        silo.Services.Configure<FolderBlobStoreOptions>(blobs => blobs.Path = _folder.Blobs);
        silo.Services.AddSingleton(_ => new StoreCheckpoints(Redis, _folder.Store)).AddHostedService<StoreCheckpointService>();

        // A cluster of its own for each start: ports differ each time, and the members of the last one, killed perhaps,
        // would be waited for.
        var clusterId = Guid.CreateVersion7().ToString("N");
        silo.UseRedis(_ => _options, _ => Redis)
            .AddRedisStores()
            .Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, clusterId))
            .Configure<EndpointOptions>(endpoints =>
            {
                endpoints.AdvertisedIPAddress = IPAddress.Loopback;
                endpoints.SiloPort = FreePorts.Take();
                endpoints.GatewayPort = 0;
            });
    }

    public void Map(WebApplication app) => app.MapBlueEdgeGateway();

    public async Task ReadyAsync()
    {
        await _store;
        _redis = await ConnectionMultiplexer.ConnectAsync(_options);
        var database = _redis.GetDatabase();
        await foreach (var former in _redis.GetServers()[0].KeysAsync(pattern: $"{ServiceId}/members/*"))
        {
            await database.KeyDeleteAsync(former);
        }
    }

    /// <summary>Ends the store, with all that it was given.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            var store = await _store;

            // The container has closed the one that the silo used.
            await using (var redis = await ConnectionMultiplexer.ConnectAsync(_options))
            {
                await new StoreCheckpoints(redis, _folder.Store).TakeLastAsync();
            }

            store.Dispose();
        }
        finally
        {
            _folder.Dispose();
            _loggers.Dispose();
        }
    }
}
