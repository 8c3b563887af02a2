using BlueEdge.Callers;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Callers;

/// <summary>Tenants that want slots of the same engine, in a cluster.</summary>
public sealed class FairSchedulingTests(Cluster cluster)
{
    private const int Slots = 8;
    private const int Flood = 300;
    private static readonly Caller Flooding = new() { Tenant = "flooding" };
    private static readonly Caller Other = new() { Tenant = "other" };
    private static readonly Caller Bounded = new() { Tenant = "bounded" };

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
        foreach (var session in await RunningAsync(Flooding, flood, Slots / 2))
        {
            await As(Flooding, () => session.StopAsync(Ct));
        }

        foreach (var session in others)
        {
            await As(Other, () => Cluster.ReachAsync(session, SessionStatus.Processing));
        }

        Assert.Equal(Slots / 2, (await RunningAsync(Flooding, flood, most: Slots)).Count);
        await Task.WhenAll(flood.Select(session => As(Flooding, () => session.StopAsync(Ct))).Concat(others.Select(session => As(Other, () => session.StopAsync(Ct)))));
        await UntilAsync(engine => engine is { Working: 0, Waiting: 0 });
    }

    [Fact]
    public async Task A_tenant_holds_no_more_slots_than_it_may_and_is_told_so_and_no_instance_is_started_for_what_waits_for_that()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, Cluster.BoundedSlots + 4).Select(_ => SubmitAsync(Bounded, rank: 0)));
        await UntilAsync(engine => engine is { Working: Cluster.BoundedSlots, Waiting: 4 });

        var waiting = (await Task.WhenAll(sessions.Select(session => As(Bounded, () => session.FindAsync(Ct))))).First(session => session?.Status is SessionStatus.Pending);
        var shortage = Assert.Single(waiting!.Position!.WaitsFor);
        Assert.Equal((Cluster.BoundedSlots, 0), (shortage.TenantSlots, shortage.LackingSlots));
        var loads = await cluster.Grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain).FollowLoadsAsync(0, TimeSpan.Zero, Ct);
        var load = loads!.Engines.Single(each => each.Engine == "holding");
        Assert.Equal((Cluster.BoundedSlots, 0), (load.Working, load.Waiting));

        // Others have what is free.
        var other = await SubmitAsync(Other, rank: 0);
        await As(Other, () => Cluster.ReachAsync(other, SessionStatus.Processing));
        await As(Other, () => other.StopAsync(Ct));

        // What ends makes room.
        foreach (var running in await RunningAsync(Bounded, sessions, most: 2))
        {
            await As(Bounded, () => running.StopAsync(Ct));
        }

        await UntilAsync(engine => engine is { Working: Cluster.BoundedSlots, Waiting: 2 });
        await Task.WhenAll(sessions.Select(session => As(Bounded, () => session.StopAsync(Ct))));
        await UntilAsync(engine => engine is { Working: 0, Waiting: 0 });
    }

    [Fact]
    public async Task A_session_that_needs_more_slots_than_its_tenant_may_hold_is_refused_with_the_reason()
    {
        var nodes = Enumerable.Range(0, Cluster.BoundedSlots + 1).Select(number => Node($"node{number}", "holding", [("In", "in")]));
        var session = Session([.. nodes], ("in", 1));

        var result = await As(Bounded, () => cluster.NewSession().SubmitAsync(session, null, Ct));
        var other = cluster.NewSession();
        var others = await As(Other, () => other.SubmitAsync(session, null, Ct));
        await As(Other, () => other.StopAsync(Ct));

        var fault = Assert.Single(result.Faults);
        Assert.Equal(($"/engines/{Cluster.BoundedSlots}/id", FaultCodes.OverCapacity), (fault.Pointer, fault.Code));
        Assert.Contains($"its tenant may hold {Cluster.BoundedSlots}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(SubmitOutcome.Accepted, others.Outcome);
        await UntilAsync(engine => engine is { Working: 0, Waiting: 0 });
    }

    private static async Task<IReadOnlyList<ISessionGrain>> RunningAsync(Caller caller, IEnumerable<ISessionGrain> sessions, int most)
    {
        List<ISessionGrain> running = [];
        foreach (var session in sessions)
        {
            if (running.Count < most && (await As(caller, () => session.FindAsync(Ct)))?.Status is SessionStatus.Processing)
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
