using System.Collections.Immutable;
using System.Diagnostics;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace BlueEdge.Grains.Tests.Scheduling;

/// <summary>A cluster of its own, on a Redis of its own, whose scheduler's silo is killed.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private const int Pending = 100_000;
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly RedisServer _redis = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-crash-").FullName;
    private InProcessTestCluster? _cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private InProcessTestCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    private IGrainFactory Grains => Running.Client;

    private ISchedulerControl Scheduler => Grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.ConfigureSilo((_, silo) =>
        {
            Cluster.ConfigureSilo(silo, _redis, _folder);
            silo.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = TimeSpan.FromSeconds(1));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await UntilAsync(async () => (await EngineAsync("delay")).Instances.Length == 2, "two instances of 'delay'");
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await _redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_killed_scheduler_is_back_within_ten_seconds_with_the_same_order_and_the_same_leases()
    {
        var waiting = await EnlistAsync();
        var picked = waiting.Where((_, i) => i % (Pending / 50) == 0).ToImmutableArray();
        var before = await PositionsAsync(picked);
        var running = await StartAsync(8);
        var slots = (await EngineAsync("delay")).Instances.ToDictionary(instance => instance.Instance, instance => instance.Busy, StringComparer.Ordinal);

        var killed = await SchedulerSiloAsync();
        var watch = Stopwatch.StartNew();
        await Running.KillSiloAsync(killed, Ct);
        await UntilAsync(async () => await Scheduler.FindPositionAsync(waiting[^1], Ct) is not null, "the scheduler's answer");
        var back = watch.Elapsed;

        TestContext.Current.SendDiagnosticMessage($"{Pending} pending: back after {back.TotalSeconds:0.00} s");
        Assert.InRange(back, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(before, await PositionsAsync(picked));
        Assert.All(before, position => Assert.Equal(Pending, position.TotalPending));

        // Instances kept working meanwhile: what ran beside the killed silo finishes, what ran on it is lost, and no more.
        var ends = await Task.WhenAll(running.Select(Cluster.EndAsync));
        var lost = ends.Where(end => end.Nodes[0].Instance!.EndsWith(killed.SiloAddress.ToParsableString(), StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lost);
        Assert.All(lost, end => Assert.Equal(SessionStatus.Failed, end.Status));
        Assert.All(ends.Except(lost), end => Assert.Equal((SessionStatus.Finished, 1), (end.Status, end.Epoch)));
        Assert.Equal(slots.Values.Sum(), ends.Length);
        await UntilAsync(async () => (await EngineAsync("delay")) is { Working: 0, Waiting: 0, Instances: [{ Busy: 0 }] }, "all slots free");
    }

    /// <summary>Starts sessions that hold their slot for a while, on both silos.</summary>
    private async Task<ISessionGrain[]> StartAsync(int count)
    {
        var sessions = Enumerable.Range(0, count).Select(_ => Grains.GetGrain<ISessionGrain>(SessionIds.Create())).ToArray();
        foreach (var session in sessions)
        {
            await session.SubmitAsync(Specs.Single("delay", new { seconds = 6 }), fingerprint: null, Ct);
            await Cluster.ReachAsync(session, SessionStatus.Processing);
        }

        return sessions;
    }

    /// <summary>Puts requests of mixed ranks and ages into the queue of an engine without instances.</summary>
    private async Task<ImmutableArray<string>> EnlistAsync()
    {
        var random = new Random(17);
        var requests = Enumerable.Range(0, Pending).Select(i => new EnlistRequest
        {
            SessionId = SessionIds.Create(),
            Epoch = 1,
            Rank = random.Next(5),
            SubmittedAt = DateTimeOffset.UnixEpoch.AddSeconds(random.Next(1_000)),
            Demands = [new() { Engine = "nobody-runs", Slots = 1 }],
        }).ToImmutableArray();
        foreach (var batch in requests.Chunk(BatchSize))
        {
            await Scheduler.EnlistAsync([.. batch], Ct);
        }

        return [.. requests.Select(request => request.SessionId)];
    }

    private async Task<List<QueuePosition>> PositionsAsync(ImmutableArray<string> sessions) =>
        [.. (await Task.WhenAll(sessions.Select(session => Scheduler.FindPositionAsync(session, Ct)))).Select(position => position! with { WaitsFor = [] })];

    private async Task<EngineSnapshot> EngineAsync(string id)
    {
        var engines = await Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain).GetEnginesAsync(Ct);
        return engines.FirstOrDefault(engine => engine.Definition.Id == id)
            ?? new() { Definition = new() { Id = id, Name = id, Version = "", Inputs = [], Outputs = [], Slots = 1 }, Instances = [], Waiting = -1, Working = -1 };
    }

    private async Task<InProcessSiloHandle> SchedulerSiloAsync()
    {
        var address = await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(Scheduler);
        return Running.Silos.Single(silo => silo.SiloAddress.Equals(address));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string expected)
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
            catch (Exception error) when (error is OrleansException or TimeoutException or SchedulerFencedException && waited.Elapsed < Patience)
            {
                // Its silo is just being killed.
            }

            Assert.True(waited.Elapsed < Patience, $"Missing after {Patience.TotalSeconds} s: {expected}.");
            await Task.Yield();
        }
    }
}
