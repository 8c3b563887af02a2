using System.Diagnostics;
using BlueEdge.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace BlueEdge.Grains.Tests;

/// <summary>Silos for one test class, on a Redis of their own, which can be killed, stopped and paused.</summary>
internal sealed class OwnCluster(short silos, Action<ISiloBuilder>? configure = null) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-own-").FullName;
    private InProcessTestCluster? _cluster;

    public RedisServer Redis { get; } = new();

    public InProcessTestCluster Silos => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    public IGrainFactory Grains => Silos.Client;

    public string BlobFolder => _folder;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<OwnCluster> StartAsync(short silos, Action<ISiloBuilder>? configure = null)
    {
        var own = new OwnCluster(silos, configure);
        await own.StartAsync();
        return own;
    }

    public async ValueTask DisposeAsync()
    {
        await Silos.DisposeAsync();
        await Redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A service of the first silo.</summary>
    public T Get<T>()
        where T : notnull => Silos.Silos[0].ServiceProvider.GetRequiredService<T>();

    /// <summary>The silo that a grain lives on.</summary>
    public async Task<InProcessSiloHandle> SiloOfAsync(IAddressable grain)
    {
        var address = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        return Silos.Silos.Single(silo => silo.SiloAddress.Equals(address));
    }

    /// <summary>Waits until it holds; calls that fail meanwhile are made again.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string expected)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await condition().WaitAsync(Patience, TimeProvider.System, Ct))
                {
                    return;
                }
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or BlueEdgeException && waited.Elapsed < Patience)
            {
                // A silo is just going.
            }

            Assert.True(waited.Elapsed < Patience, $"Missing after {Patience.TotalSeconds} s: {expected}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
        }
    }

    private async Task StartAsync()
    {
        await Redis.InitializeAsync();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            Cluster.ConfigureSilo(silo, Redis, _folder);
            silo.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = TimeSpan.FromSeconds(1));
            configure?.Invoke(silo);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await UntilAsync(
            async () => (await Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain).GetEnginesAsync(Ct)).FirstOrDefault(engine => engine.Definition.Id == "delay")
                is { } delay && delay.Instances.Length == silos,
            "an instance of 'delay' on every silo");
    }
}
