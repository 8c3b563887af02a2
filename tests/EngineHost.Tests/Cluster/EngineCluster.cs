using BlueEdge.Blobs;
using BlueEdge.Channels;
using BlueEdge.EngineHost.Engines;
using BlueEdge.EngineHost.Tests.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(BlueEdge.EngineHost.Tests.Cluster.EngineCluster))]

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Two silos in this process that run engines, with sessions and scheduler that only remember; each test brings its own session.</summary>
public sealed class EngineCluster : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-cluster-").FullName;
    private readonly InProcessTestCluster _cluster;

    public EngineCluster()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);

        // As in production: a grain lives only where its class is.
        builder.Options.AssumeHomogenousSilosForTesting = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddEngine<DirectedEngine>().AddEngine<BrokenEngine>().AddEngine<SlowlyMadeEngine>();
            silo.Services
                .AddSingleton(Scripts)
                .AddSingleton(Making)
                .AddSingleton(Reports)
                .AddSingleton(Attendances)
                .AddSingleton<IResultStore>(new RecordingResultStore())
                .AddSingleton<IDeadLetterStore, NoDeadLetters>()
                .AddSingleton<IBlobStore, FolderBlobStore>()
                .AddSingleton<ClaimCheck>()
                .Configure<FolderBlobStoreOptions>(options => options.Path = Path.Combine(_folder, "blobs"))
                .Configure<EngineHostOptions>(options => options.TemporaryPath = Path.Combine(_folder, "temporary"))

                // A dead silo is noticed in seconds: by one other, for there may be no more.
                .Configure<ClusterMembershipOptions>(options => (options.ProbeTimeout, options.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(1), 1))

                // The real ones want storage and a whole session; here are engines alone.
                .PostConfigure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly == typeof(SessionGrain).Assembly));
        });
        _cluster = builder.Build();
    }

    internal Scripts Scripts { get; } = new();

    internal SlowMaking Making { get; } = new();

    internal Reports Reports { get; } = new();

    internal Attendances Attendances { get; } = new();

    internal IGrainFactory Grains => _cluster.Client;

    internal IServiceProvider Silo => ServicesOf(Silos[0]);

    /// <summary>The two that stay: tests of lost silos add their own, and kill them.</summary>
    internal IReadOnlyList<SiloAddress> Silos => [.. _cluster.GetActiveSilos().Take(2).Select(silo => silo.SiloAddress)];

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync()
    {
        Making.Release();
        await _cluster.DisposeAsync();
        Making.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal IServiceProvider ServicesOf(SiloAddress silo) => _cluster.GetSiloServiceProvider(silo);

    internal async Task<SiloAddress> AddSiloAsync() => (await _cluster.StartAdditionalSiloAsync()).SiloAddress;

    internal Task KillAsync(SiloAddress silo) => _cluster.KillSiloAsync(Handle(silo));

    internal Task StopAsync(SiloAddress silo) => _cluster.StopSiloAsync(Handle(silo));

    private InProcessSiloHandle Handle(SiloAddress silo) =>
        _cluster.GetSiloForAddress(silo) ?? throw new InvalidOperationException($"Silo {silo} is not of this cluster.");
}
