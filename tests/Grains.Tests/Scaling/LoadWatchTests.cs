using BlueEdge.Grains.Scaling;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Grains.Tests.Scaling;

/// <summary>What a silo knows of the demand for engines, seen through an engine with one slot.</summary>
public sealed class LoadWatchTests(Cluster cluster)
{
    private const int ForEver = -1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISchedulerControl Scheduler => cluster.Grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);

    [Fact]
    public async Task Each_change_of_the_demand_is_heard_until_nobody_listens()
    {
        using var watch = Watch(TimeProvider.System);
        await watch.StartAsync(Ct);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var loads = watch.FollowAsync("narrow", ends.Token).GetAsyncEnumerator(Ct);
        Assert.Equal((0, 0, 1), await NextAsync(loads));

        var holder = await SubmitAsync();
        await UntilAsync(loads, (0, 1, 1));
        var waiter = await SubmitAsync();
        await UntilAsync(loads, (1, 1, 1));
        Assert.Equal(2, watch.Find("narrow")?.Demand);

        await StopAsync(waiter);
        await UntilAsync(loads, (0, 1, 1));
        await StopAsync(holder);
        await UntilAsync(loads, (0, 0, 1));

        var next = loads.MoveNextAsync();
        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await watch.StopAsync(Ct);
    }

    [Fact]
    public async Task An_engine_that_the_scheduler_does_not_know_has_no_load()
    {
        using var watch = Watch(TimeProvider.System);
        await watch.StartAsync(Ct);
        await using var loads = watch.FollowAsync("nobody-knows", Ct).GetAsyncEnumerator(Ct);

        Assert.Null(await NextAsync(loads));
        Assert.Null(watch.Find("nobody-knows"));

        await watch.StopAsync(Ct);
    }

    [Fact]
    public async Task Before_the_scheduler_was_heard_and_when_that_is_too_long_ago_nothing_is_said()
    {
        var clock = new FakeTimeProvider();
        using var watch = Watch(clock);
        Assert.Contains("not heard yet", Assert.Throws<LoadsUnknownException>(() => watch.Find("narrow")).Message, StringComparison.Ordinal);

        await watch.StartAsync(Ct);
        await using var loads = watch.FollowAsync("narrow", Ct).GetAsyncEnumerator(Ct);
        await NextAsync(loads);
        await watch.StopAsync(Ct);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull(watch.Find("narrow"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("was not heard for 31 s", Assert.Throws<LoadsUnknownException>(() => watch.Find("narrow")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_knows_an_older_version_is_told_what_changed_and_whoever_knows_none_all()
    {
        var all = await Scheduler.FollowLoadsAsync(knownVersion: 0, TimeSpan.FromSeconds(1), Ct);
        Assert.True(all!.IsWhole); // Nobody knows version 0.
        Assert.Contains(all.Engines, load => load.Engine == "delay");
        Assert.Null(await Scheduler.FollowLoadsAsync(all.Version, TimeSpan.Zero, Ct));

        var waiting = Scheduler.FollowLoadsAsync(all.Version, Patience, Ct);
        var holder = await SubmitAsync();
        var changed = await waiting;

        Assert.False(changed!.IsWhole); // Something changed.
        Assert.Equal("narrow", Assert.Single(changed.Engines).Engine);
        Assert.True((await Scheduler.FollowLoadsAsync(all.Version - 1, TimeSpan.Zero, Ct))!.Engines.Length >= 1);
        await StopAsync(holder);
    }

    private LoadWatch Watch(TimeProvider clock) =>
        new(cluster.Grains, Options.Create(new ScalingOptions()), clock, NullLogger<LoadWatch>.Instance);

    private async Task<ISessionGrain> SubmitAsync()
    {
        var session = cluster.NewSession();
        await session.SubmitAsync(Specs.Single("narrow", ForEver), fingerprint: null, Ct);
        return session;
    }

    private static async Task StopAsync(ISessionGrain session)
    {
        await session.StopAsync(Ct);
        await Cluster.EndAsync(session);
    }

    private static async Task<(int Waiting, int Working, int Slots)?> NextAsync(IAsyncEnumerator<EngineLoad?> loads)
    {
        Assert.True(await loads.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System, Ct));
        return loads.Current is { } load ? (load.Waiting, load.Working, load.Slots) : null;
    }

    private static async Task UntilAsync(IAsyncEnumerator<EngineLoad?> loads, (int Waiting, int Working, int Slots) expected)
    {
        while (await NextAsync(loads) != expected)
        {
            // Steps between may be told, or not.
        }
    }
}
