using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Engines that are known without an instance.</summary>
public sealed class RegisteredEngineTests(Cluster cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISchedulerGrain Scheduler => cluster.Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain);

    private ISchedulerControl Control => cluster.Grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);

    [Fact]
    public async Task A_session_for_it_waits_until_an_instance_joins()
    {
        var definition = Definition();
        Assert.Equal(RegisterOutcome.Created, (await Scheduler.RegisterAsync(definition, Ct)).Outcome);

        var session = cluster.NewSession();
        Assert.Equal(SubmitOutcome.Accepted, (await session.SubmitAsync(Specs.Single(definition.Id, 1), fingerprint: null, Ct)).Outcome);
        Assert.Equal([new EngineShortage { Engine = definition.Id, LackingSlots = 1, Instances = 0, NeededSlots = 1, Slots = 0 }], (await session.FindAsync(Ct))!.Position!.WaitsFor); // It waits.
        Assert.Equal(UnregisterOutcome.InUse, await Scheduler.UnregisterAsync(definition.Id, Ct));

        var instance = await JoinAsync(definition);
        Assert.Equal(0, (await EngineAsync(definition.Id))!.Waiting); // It was given the slot.
        await session.StopAsync(Ct);
        await Cluster.EndAsync(session);
        await Control.LeaveAsync(instance, "it was tried", Ct);
    }

    [Fact]
    public async Task An_instance_that_joins_with_another_definition_wins_and_keeps_others_out()
    {
        var definition = Definition();
        await Scheduler.RegisterAsync(definition, Ct);
        var running = definition with { Slots = 7 };
        var instance = await JoinAsync(running);

        Assert.Equal(7, (await EngineAsync(definition.Id))?.Definition.Slots);
        var refused = await Scheduler.RegisterAsync(definition, Ct);
        Assert.Equal((RegisterOutcome.Conflict, 7), (refused.Outcome, refused.Engine?.Definition.Slots));
        Assert.Equal(RegisterOutcome.Unchanged, (await Scheduler.RegisterAsync(running, Ct)).Outcome);
        Assert.Equal(UnregisterOutcome.InUse, await Scheduler.UnregisterAsync(definition.Id, Ct));

        await Control.LeaveAsync(instance, "it was tried", Ct);
        Assert.Equal(7, (await EngineAsync(definition.Id))?.Definition.Slots); // It is known without an instance.
        Assert.Equal(RegisterOutcome.Replaced, (await Scheduler.RegisterAsync(definition, Ct)).Outcome);
        Assert.Equal(UnregisterOutcome.Removed, await Scheduler.UnregisterAsync(definition.Id, Ct));
        Assert.Equal(UnregisterOutcome.Unknown, await Scheduler.UnregisterAsync(definition.Id, Ct));
        Assert.Null(await EngineAsync(definition.Id));
    }

    [Fact]
    public async Task A_definition_that_makes_no_sense_is_refused_with_all_faults()
    {
        var result = await Scheduler.RegisterAsync(new() { Id = "", Name = "", Version = "", Inputs = [], Outputs = [], Slots = 0 }, Ct);

        Assert.Equal(RegisterOutcome.Invalid, result.Outcome);
        Assert.Equal(["/id", "/slots", "/inputs"], result.Faults.Select(fault => fault.Pointer));
    }

    private static EngineDefinition Definition() => new()
    {
        Id = $"planned-{Guid.NewGuid():N}",
        Name = "Planned",
        Version = "1",
        Inputs = [new() { Name = "Control", Type = ChannelType.Json }],
        Outputs = [WellKnownPorts.StatusPort],
        Slots = 2,
    };

    private async Task<string> JoinAsync(EngineDefinition definition)
    {
        var silo = cluster.Get<ILocalSiloDetails>().SiloAddress;
        var instance = new BlueEdge.Grains.Engines.EngineInstanceKey(definition.Id, silo).ToString();
        await Control.JoinAsync(new() { Instance = instance, Engine = definition, Silo = silo, Host = "here", Slots = definition.Slots }, Ct);
        return instance;
    }

    private async Task<EngineSnapshot?> EngineAsync(string id) => (await Scheduler.GetEnginesAsync(Ct)).FirstOrDefault(engine => engine.Definition.Id == id);
}
