using BlueEdge.Callers;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Callers;

/// <summary>Tenants that want slots of the same engine, in a cluster.</summary>
public sealed class FairSchedulingTests(Cluster cluster)
{
    private const int Slots = 8;
    private const int Flood = 300;
    private static readonly Caller Flooding = new() { Tenant = "flooding" };
    private static readonly Caller Other = new() { Tenant = "other" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_that_floods_an_engine_keeps_none_of_its_slots_from_another()
    {
        var flood = await Task.WhenAll(Enumerable.Range(0, Flood).Select(_ => SubmitAsync(Flooding, rank: 100)));
        await UntilAsync(engine => engine.Working == Slots && engine.Waiting == Flood - Slots);
        var others = await Task.WhenAll(Enumerable.Range(0, Slots / 2).Select(_ => SubmitAsync(Other, rank: 0)));

        var place = await As(Other, () => others[^1].FindAsync(Ct));
        Assert.Equal(SessionStatus.Pending, place?.Status);
        Assert.InRange(place?.Position?.Current ?? 0, 1, Slots);

        // Each that runs and ends makes room for one of the other tenant, as long as that has less.
        foreach (var session in await RunningAsync(flood, Slots / 2))
        {
            await As(Flooding, () => session.StopAsync(Ct));
        }

        foreach (var session in others)
        {
            await As(Other, () => Cluster.ReachAsync(session, SessionStatus.Processing));
        }

        Assert.Equal(Slots / 2, (await RunningAsync(flood, most: Slots)).Count);
        await Task.WhenAll(flood.Select(session => As(Flooding, () => session.StopAsync(Ct))).Concat(others.Select(session => As(Other, () => session.StopAsync(Ct)))));
        await UntilAsync(engine => engine is { Working: 0, Waiting: 0 });
    }

    private static async Task<IReadOnlyList<ISessionGrain>> RunningAsync(IEnumerable<ISessionGrain> sessions, int most)
    {
        List<ISessionGrain> running = [];
        foreach (var session in sessions)
        {
            if (running.Count < most && (await As(Flooding, () => session.FindAsync(Ct)))?.Status is SessionStatus.Processing)
            {
                running.Add(session);
            }
        }

        return running;
    }

    private static async Task<T> As<T>(Caller caller, Func<Task<T>> call)
    {
        CallerContext.Enter(caller);
        return await call();
    }

    private async Task<ISessionGrain> SubmitAsync(Caller caller, int rank)
    {
        var session = cluster.NewSession();
        var result = await As(caller, () => session.SubmitAsync(Session([Node("one", "holding", [("In", "in")])], ("in", 1)) with { Rank = rank }, null, Ct));
        Assert.True(result.Outcome is SubmitOutcome.Accepted, string.Join("; ", result.Faults));
        return session;
    }

    private async Task UntilAsync(Func<EngineSnapshot, bool> holds)
    {
        var scheduler = cluster.Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await scheduler.GetEnginesAsync(Ct) is var engines && !holds(engines.Single(engine => engine.Definition.Id == "holding")))
        {
            Assert.False(patience.IsCancellationRequested, $"It stays at {engines.Single(engine => engine.Definition.Id == "holding")}.");
            await Task.Yield();
        }
    }
}
