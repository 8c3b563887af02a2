using BlueEdge.Callers;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using Orleans.Core.Internal;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Callers;

/// <summary>Sessions of tenants: there for their own callers, for no others, and at work without any.</summary>
public sealed class TenantTests(Cluster cluster)
{
    private static readonly Caller Blue = new() { Tenant = "blue" };
    private static readonly Caller Red = new() { Tenant = "red" };

    private readonly ISessionGrain _session = cluster.NewSession();

    public static TheoryData<string> Strangers { get; } = [Red.Tenant, Caller.DefaultTenant];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISubSessionGrain Node => cluster.Grains.GetGrain<ISubSessionGrain>(new SubSessionKey(_session.GetPrimaryKeyString(), "relay-0").ToString());

    [Theory, MemberData(nameof(Strangers))]
    public async Task A_session_is_not_there_for_callers_of_another_tenant(string stranger)
    {
        await SubmitAsync(Blue, Chain(1, 1) with { KeepsEvents = true });
        await As(Blue, () => Cluster.EndAsync(_session));

        Assert.All(await ReadAllWaysAsync(Blue), Assert.NotNull);
        Assert.All(await ReadAllWaysAsync(new() { Tenant = stranger }), Assert.Null);
        Assert.Contains(_session.GetPrimaryKeyString(), await ListAsync(Blue));
        Assert.DoesNotContain(_session.GetPrimaryKeyString(), await ListAsync(new() { Tenant = stranger }));
    }

    [Fact]
    public async Task Nobody_stops_another_tenants_session_or_a_node_of_it()
    {
        await SubmitAsync(Blue, Session([Node("relay-0", "holding", [("In", "in")])], ("in", 1)));
        await As(Blue, () => Cluster.ReachAsync(_session, SessionStatus.Processing));

        Assert.Null(await As(Red, () => _session.StopAsync(Ct)));
        Assert.Null(await As(Red, () => Node.StopAsync(Ct)));

        var running = await As(Blue, () => _session.FindAsync(Ct));
        Assert.Equal((SessionStatus.Processing, false), (running?.Status, running?.Nodes[0].StopRequested));
        await As(Blue, () => _session.StopAsync(Ct));
        Assert.Equal(SessionStatus.Canceled, (await As(Blue, () => Cluster.EndAsync(_session))).Status);
    }

    [Theory, InlineData(null), InlineData("same")]
    public async Task An_id_of_another_tenants_session_is_taken_and_tells_nothing_more(string? fingerprint)
    {
        var submissions = await Task.WhenAll(
            from caller in Enumerable.Repeat<Caller[]>([Blue, Red, Caller.Default], 4).SelectMany(callers => callers)
            select As(caller, async () => (caller, Result: await _session.RunAsync(Chain(1, caller.Tenant), fingerprint, TimeSpan.FromSeconds(10), Ct))));

        var owner = Assert.Single(submissions.Where(each => each.Result.Outcome is SubmitOutcome.Accepted).Select(each => each.caller).Distinct());
        Assert.All(submissions.Where(each => each.caller != owner), each =>
        {
            Assert.Equal(SubmitOutcome.Conflict, each.Result.Outcome);
            Assert.Null(each.Result.Session);
            Assert.Empty(each.Result.Results);
        });
        Assert.Equal([$"\"{owner.Tenant}\""], await As(owner, () => ReadAsync(_session, "result")));
    }

    [Fact]
    public async Task A_record_of_a_former_build_is_the_default_tenants()
    {
        var store = cluster.Get<ISessionStore>();
        var former = SessionTransitions.Create(new(Chain(1, 1)), TimeProvider.System.GetUtcNow());
        Assert.Null(former.Tenant);
        await store.WriteAsync(_session.GetPrimaryKeyString(), 0, Chain(1, 1), SessionState.None, former);

        Assert.Null(await As(Blue, () => _session.FindAsync(Ct)));
        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
    }

    [Fact]
    public async Task A_tenants_session_runs_and_is_tried_again_with_no_caller_around()
    {
        var held = cluster.NewSession();
        await held.SubmitAsync(Single("tenant", 0), null, Ct);
        await Cluster.ReachAsync(held, SessionStatus.Processing);
        await SubmitAsync(Blue, Single("tenant", 2, ("Out", "result")) with { Retry = new() { Attempts = 1, Backoff = TimeSpan.Zero } });
        await DeactivatedAsync();

        await held.StopAsync(Ct);

        // Looked for in the lists, for to read a session is to wake it.
        var lists = cluster.Get<ISessionLists>();
        await OwnCluster.UntilAsync(
            async () => (await lists.ReadAsync("blue", [SessionGroup.Finished], "tenant", before: null, 100)).Select(ListedSession.SessionIdOf).Contains(_session.GetPrimaryKeyString(), StringComparer.Ordinal),
            "the session among those that finished");
        Assert.Equal(2, (await As(Blue, () => _session.FindAsync(Ct)))?.Epoch);
        Assert.Equal("blue", (await cluster.Get<ISessionStore>().ReadAsync(_session.GetPrimaryKeyString())).State.Tenant);
        Assert.Equal(["\"blue\""], await As(Blue, () => ReadAsync(_session, "result")));
        await Cluster.EndAsync(held);
    }

    [Fact]
    public async Task What_follows_from_a_tenants_call_is_done_on_nobodys_behalf()
    {
        var held = cluster.NewSession();
        await held.SubmitAsync(Single("tenant", 0), null, Ct);
        await Cluster.ReachAsync(held, SessionStatus.Processing);

        // What waits asks the scheduler for its place, and leaves the queue when it is stopped.
        await SubmitAsync(Blue, Single("tenant", 1));
        Assert.NotNull((await As(Blue, () => _session.FindAsync(Ct)))?.Position);
        await As(Blue, () => _session.StopAsync(Ct));
        await As(Blue, () => Cluster.EndAsync(_session));
        await held.StopAsync(Ct);
        await Cluster.EndAsync(held);

        var seen = cluster.Get<TenantWatch>().Seen;
        Assert.Contains(nameof(ISessionGrain), seen);
        Assert.DoesNotContain(nameof(ISchedulerControl), seen);
        Assert.DoesNotContain(nameof(ISchedulerGrain), seen);
    }

    [Fact]
    public async Task An_engine_of_a_session_that_names_no_tenant_runs_on_behalf_of_the_default_one()
    {
        await _session.SubmitAsync(Single("tenant", 1, ("Out", "result")), null, Ct);
        await Cluster.EndAsync(_session);

        Assert.Equal(["\"default\""], await ReadAsync(_session, "result"));
    }

    private static async Task<T> As<T>(Caller caller, Func<Task<T>> call)
    {
        CallerContext.Enter(caller);
        return await call();
    }

    private async Task SubmitAsync(Caller caller, SessionSpec spec)
    {
        var result = await As(caller, () => _session.SubmitAsync(spec, null, Ct));
        Assert.True(result.Outcome is SubmitOutcome.Accepted, string.Join("; ", result.Faults));
    }

    private Task<object?[]> ReadAllWaysAsync(Caller caller) => As(caller, async () => (object?[])
    [
        await _session.FindAsync(Ct),
        await _session.WaitAsync(TimeSpan.FromSeconds(1), Ct),
        await _session.StopAsync(Ct),
        await _session.ReadResultsAsync([new() { Channel = "result" }], Ct),
        await _session.ReadDeadLettersAsync(Ct),
        await _session.FollowEventsAsync(0, TimeSpan.FromSeconds(1), Ct),
        await _session.FollowResultsAsync("result", 0, 0, TimeSpan.FromSeconds(1), Ct),
        await Node.FindAsync(Ct),
        await Node.StopAsync(Ct),
    ]);

    private Task<IEnumerable<string>> ListAsync(Caller caller) => As(caller, async () =>
        (await cluster.Grains.GetGrain<ISessionListGrain>(ISessionListGrain.Key).ListAsync(new() { Limit = SessionQuery.LargestLimit }, Ct)).Sessions
            .Select(session => session.SessionId));

    private async Task DeactivatedAsync()
    {
        await _session.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await OwnCluster.UntilAsync(
            async () => await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(_session) is null, "the deactivation of a session that waits");
    }
}
