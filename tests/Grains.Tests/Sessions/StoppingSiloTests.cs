using System.Diagnostics;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Grains.Tests.Sessions;

public sealed class StoppingSiloTests : IAsyncLifetime
{
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan OnTime = TimeSpan.FromSeconds(13);
    private OwnCluster? _cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OwnCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    /// <summary>Silos that stop at once: else one waits first for what its own engines run.</summary>
    public async ValueTask InitializeAsync() => _cluster = await OwnCluster.StartAsync(
        silos: 2, silo => silo.Services.Configure<EngineHostOptions>(options => options.DrainGrace = TimeSpan.Zero));

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task Who_waits_on_a_silo_that_stops_is_answered_and_the_sessions_end_on_time_elsewhere()
    {
        // Those whose grain lives on one silo and whose engine runs on the other, so that nothing but the grain has to move.
        var stopped = Running.Silos.Silos[1];
        List<ISessionGrain> sessions = [];
        while (sessions.Count < 4)
        {
            var session = Running.Grains.GetGrain<ISessionGrain>(SessionIds.Create());
            await session.SubmitAsync(Specs.Single("delay", new { seconds = Work.TotalSeconds }, ("Result", "result")), null, Ct);
            var running = await Cluster.ReachAsync(session, SessionStatus.Processing);
            if (await Running.SiloOfAsync(session) == stopped && !running.Nodes[0].Instance!.EndsWith(stopped.SiloAddress.ToParsableString(), StringComparison.Ordinal)) // It runs.
            {
                sessions.Add(session);
            }
        }

        var began = Stopwatch.StartNew();
        var waiting = sessions.Select(session => session.WaitAsync(TimeSpan.FromSeconds(20), Ct)).ToList();
        var following = sessions.Select(session => session.FollowResultsAsync("result", 0, 0, TimeSpan.FromSeconds(20), Ct)).ToList();
        var stopping = Running.Silos.StopSiloAsync(stopped, Ct);

        foreach (var call in waiting.Concat<Task>(following))
        {
            // Answered, or told that the silo is gone; not left waiting for an end that has not come.
            await call.WaitAsync(OnTime, TimeProvider.System, Ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Assert.True(call.IsCompleted);
        }

        Assert.InRange(began.Elapsed, TimeSpan.Zero, Work);
        await stopping;

        await OwnCluster.UntilAsync(
            async () => (await Task.WhenAll(sessions.Select(session => session.FindAsync(Ct)))).All(session => session?.Status is SessionStatus.Finished),
            "the sessions' end");
        Assert.InRange(began.Elapsed, TimeSpan.Zero, OnTime);
    }
}
