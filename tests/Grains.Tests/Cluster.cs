using System.Collections.Immutable;
using System.Diagnostics;
using BlueEdge.Blobs;
using BlueEdge.Channels;
using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Operations;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Tests;
using BlueEdge.Grains.Tests.Callers;
using BlueEdge.Grains.Tests.Engines;
using BlueEdge.Operations;
using BlueEdge.Samples.Basics;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(Cluster))]

namespace BlueEdge.Grains.Tests;

/// <summary>
/// One silo with sessions, scheduler and engines in this process, on the real Redis, shared by the tests of this assembly;
/// each test brings its own sessions. Engines that ignore a stop are cut off after half a second.
/// </summary>
public sealed class Cluster : IAsyncLifetime
{
    /// <summary>Slots of an engine that tenant <c>bounded</c> may hold at once.</summary>
    public const int BoundedSlots = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>In the order in which a session goes through them.</summary>
    private static readonly ImmutableArray<SessionStatus> Way =
    [
        SessionStatus.Pending, SessionStatus.Queuing, SessionStatus.Processing, SessionStatus.Stopping,
        SessionStatus.Finished, SessionStatus.Failed, SessionStatus.Canceled,
    ];

    private readonly RedisServer _redis = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-cluster-").FullName;
    private InProcessTestCluster? _cluster;

    public IGrainFactory Grains => Running.Client;

    public IConnectionMultiplexer Redis => _redis.Connection;

    /// <summary>A service of the silo.</summary>
    internal T Get<T>()
        where T : notnull => Running.Silos[0].ServiceProvider.GetRequiredService<T>();

    internal FolderBlobStore Blobs => new(Microsoft.Extensions.Options.Options.Create(new FolderBlobStoreOptions { Path = _folder }));

    private InProcessTestCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) => ConfigureSilo(silo, _redis, _folder));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await EnginesAsync();
    }

    /// <summary>A silo with all of it on a Redis, and blobs in a folder.</summary>
    internal static void ConfigureSilo(ISiloBuilder silo, RedisServer redis, string folder)
    {
        silo.Services.AddSingleton(redis.Connection).AddSingleton(new StorageKeys(StorageKeys.DefaultServiceId));
        silo.Services.Configure<SessionOptions>(options =>
            (options.StopGrace, options.PrepareTimeout) = (TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3)));
        silo.Services.Configure<FolderBlobStoreOptions>(options => options.Path = folder);
        silo.Services.Configure<SchedulingOptions>(options => options.TenantSlots["bounded"] = BoundedSlots);
        silo.Services.AddSingleton<TenantWatch>();
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => services.GetRequiredService<TenantWatch>());
        silo.Services.AddRedisKeyRing();
        silo.UseInMemoryReminderService();
        silo.TellOthers(SiloModeNames.Core).AddRedisStores().AddSessions().AddScheduling().AddBasicEngines().AddTestEngines();
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await _redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The text of a blob.</summary>
    public async Task<string> ReadBlobAsync(BlobReference blob) =>
        await File.ReadAllTextAsync(Path.Combine(_folder, blob.SessionId, blob.Name), TestContext.Current.CancellationToken);

    /// <summary>A session under a fresh id.</summary>
    public ISessionGrain NewSession() => Grains.GetGrain<ISessionGrain>(SessionIds.Create());

    /// <summary>Waits for a terminal status.</summary>
    public static async Task<SessionSnapshot> EndAsync(ISessionGrain session)
    {
        for (var since = Stopwatch.StartNew(); ;)
        {
            var snapshot = await session.WaitAsync(Patience, TestContext.Current.CancellationToken); // A turn of it, which may end before.
            if (snapshot is { } ended && ended.Status.IsTerminal())
            {
                return ended;
            }

            Assert.True(since.Elapsed < Patience, $"The session is still {snapshot?.Status} after {Patience}: {snapshot}");
        }
    }

    /// <summary>Waits until a session has reached a status.</summary>
    public static async Task<SessionSnapshot> ReachAsync(ISessionGrain session, SessionStatus status)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var snapshot = await session.FindAsync(patience.Token);
            if (snapshot is not null && Way.IndexOf(snapshot.Status) >= Way.IndexOf(status))
            {
                return snapshot;
            }

            Assert.False(patience.IsCancellationRequested, $"The session is still {snapshot?.Status}; {status} was expected.");
            await Task.Yield();
        }
    }

    /// <summary>Waits until every engine has an instance that attends.</summary>
    private async Task EnginesAsync()
    {
        var scheduler = Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain);
        using var patience = new CancellationTokenSource(Patience);
        while ((await scheduler.GetEnginesAsync(patience.Token)).Count(engine => engine.Instances.Length > 0) < TestEngines.Count + 4)
        {
            Assert.False(patience.IsCancellationRequested, "The engines did not join the scheduler.");
            await Task.Yield();
        }
    }
}
