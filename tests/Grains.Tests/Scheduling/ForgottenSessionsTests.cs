using BlueEdge.Callers;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Tests.Scheduling;

/// <summary>Submissions whose silo died after it had saved them and before it enlisted them: nobody reads or lists them.</summary>
public sealed class ForgottenSessionsTests : IAsyncLifetime
{
    private OwnCluster? _cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OwnCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    private ISchedulerGrain Scheduler => Running.Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain);

    public async ValueTask InitializeAsync() => _cluster = await OwnCluster.StartAsync(silos: 2);

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task What_was_saved_and_not_enlisted_runs_once_a_silo_has_died()
    {
        var forgotten = await SaveAsync(1_200);
        var scheduler = await SchedulerSiloAsync();
        var other = Running.Silos.Silos.Single(silo => silo != scheduler);

        await Running.Silos.KillSiloAsync(other, Ct);

        await FinishedAsync(forgotten);
    }

    [Fact]
    public async Task What_was_saved_and_not_enlisted_runs_once_the_scheduler_has_opened_anew()
    {
        var forgotten = await SaveAsync(3);
        List<string> ofTenants = [.. await SaveAsync(2, "blue"), .. await SaveAsync(2, "red")];

        await Running.Silos.StopSiloAsync(await SchedulerSiloAsync(), Ct);

        await FinishedAsync(forgotten);
        await FinishedAsync(ofTenants[..2], "blue");
        await FinishedAsync(ofTenants[2..], "red");
    }

    private Task<Orleans.TestingHost.InProcessSiloHandle> SchedulerSiloAsync() => Running.SiloOfAsync(Scheduler);

    private async Task<List<string>> SaveAsync(int count, string? tenant = null)
    {
        var store = Running.Get<ISessionStore>();
        List<string> ids = [.. Enumerable.Range(0, count).Select(_ => SessionIds.Create())];
        var spec = Specs.Single("delay", new { seconds = 0.001 });
        await Task.WhenAll(ids.Select(id => store.WriteAsync(id, 0, spec, SessionState.None, SessionTransitions.Create(new(spec) { Caller = Caller.Of(tenant) }, TimeProvider.System.GetUtcNow()))));
        return ids;
    }

    /// <summary>Looks at the lists, for to read a session is to wake it.</summary>
    private async Task FinishedAsync(List<string> ids, string? tenant = null)
    {
        var lists = Running.Get<ISessionLists>();
        await OwnCluster.UntilAsync(
            async () => (await lists.ReadAsync(tenant, [SessionGroup.Finished], engine: null, before: null, 5_000)).Select(ListedSession.SessionIdOf).Intersect(ids).Count() == ids.Count,
            $"{ids.Count} sessions that finished");
    }
}
