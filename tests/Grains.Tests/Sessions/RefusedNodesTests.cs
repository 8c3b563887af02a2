using System.Diagnostics;
using BlueEdge.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>Nodes whose instance cannot run them: the answer to their start is all that the session ever hears of them.</summary>
public sealed class RefusedNodesTests(Cluster cluster) : IAsyncLifetime
{
    private const string Ghost = "ghost";
    private static readonly TimeSpan WellBeforeTheCutOff = TimeSpan.FromSeconds(6);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An instance that the scheduler knows and that no process has.</summary>
    public async ValueTask InitializeAsync() => await JoinGhostAsync(cluster.Grains);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("ghost", "ghost")]
    [InlineData("ghost", "ghost", "busy")]
    [InlineData("ghost", "busy", "ghost")]
    [InlineData("busy", "ghost", "ghost")]
    [InlineData("ghost", "busy", "ghost", "busy", "ghost")]
    public async Task Several_refused_nodes_end_their_session_at_once_in_whatever_order(params string[] engines)
    {
        var session = cluster.NewSession();
        var began = Stopwatch.StartNew();

        var submitted = await session.SubmitAsync(
            Session([.. engines.Select((engine, index) => Node($"n{index}", engine, [("Control", "c")]))], ("c", 1)), null, Ct);
        var ended = await Cluster.EndAsync(session);

        Assert.Equal(SubmitOutcome.Accepted, submitted.Outcome);
        Assert.Equal(SessionStatus.Failed, ended.Status);
        Assert.Contains("could not be reached", ended.Reason, StringComparison.Ordinal);
        Assert.All(ended.Nodes, node => Assert.DoesNotContain("grace period", node.Error, StringComparison.Ordinal));
        Assert.InRange(began.Elapsed, TimeSpan.Zero, WellBeforeTheCutOff);
    }

    [Fact]
    public async Task A_refusal_that_the_store_did_not_take_is_noted_once_it_takes_writes_again()
    {
        var store = new MemorySessionStore();
        var refused = 0;
        store.Refuses = (before, after) => before.Nodes.Length > 0 && before.Nodes.Zip(after.Nodes).Any(node => !node.First.IsOver && node.Second.IsOver)
            && Interlocked.Increment(ref refused) <= 2;
        await using var own = await OwnCluster.StartAsync(silos: 1, silo => silo.Services.AddSingleton<ISessionStore>(store));
        await JoinGhostAsync(own.Grains);
        var session = own.Grains.GetGrain<ISessionGrain>(SessionIds.Create());
        var began = Stopwatch.StartNew();

        await session.SubmitAsync(Session([Node("one", Ghost, [("Control", "c")]), Node("two", Ghost, [("Control", "c")])], ("c", 1)), null, Ct);
        var ended = await Cluster.EndAsync(session);

        Assert.Equal(SessionStatus.Failed, ended.Status);
        Assert.All(ended.Nodes, node => Assert.Contains("could not be reached", node.Error, StringComparison.Ordinal));
        Assert.True(refused > 2, "The store refused too few writes for this to show anything.");
        Assert.InRange(began.Elapsed, TimeSpan.Zero, WellBeforeTheCutOff);
    }

    private static async Task JoinGhostAsync(IGrainFactory grains)
    {
        var silo = (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys.Single();
        await grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain).JoinAsync(
            new()
            {
                Instance = new EngineInstanceKey(Ghost, silo).ToString(),
                Engine = new() { Id = Ghost, Name = Ghost, Version = "1", Slots = 100, Inputs = [new() { Name = "Control", Type = ChannelType.Json }], Outputs = [] },
                Silo = silo,
                Host = "nowhere",
                Slots = 100,
            },
            Ct);
    }
}
