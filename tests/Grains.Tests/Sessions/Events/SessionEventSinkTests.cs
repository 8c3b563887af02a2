using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.DependencyInjection;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions.Events;

public sealed class SessionEventSinkTests : IAsyncLifetime
{
    private readonly RecordingSink _sink = new();
    private OwnCluster? _cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OwnCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    public async ValueTask InitializeAsync() =>
        _cluster = await OwnCluster.StartAsync(silos: 2, silo => silo.Services.AddSingleton<ISessionEventSink>(_sink));

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task Who_listens_hears_all_in_order_though_the_spec_keeps_no_events()
    {
        var id = await SubmitAsync(Single("talkative", 300));

        await HeardAsync([id]);

        Assert.Equal(Enumerable.Range(1, _sink.Of(id).Count).Select(number => (long)number), _sink.Of(id).Select(one => one.Number));
        Assert.Equal(302, _sink.Of(id).Count(one => one.Kind is SessionEventKind.EngineSaid));
        Assert.True((await Session(id).FollowEventsAsync(0, TimeSpan.Zero, Ct))!.IsKept); // It is there.
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 302)]
    public async Task What_engines_say_is_kept_where_somebody_wants_to_hear_of_it_or_the_spec_keeps_events(bool keepsEvents, int heard)
    {
        _sink.Said = ["finish"];
        var id = await SubmitAsync(Single("talkative", 300) with { KeepsEvents = keepsEvents });

        await HeardAsync([id]);

        Assert.Equal(heard, _sink.Of(id).Count(one => one.Kind is SessionEventKind.EngineSaid));
    }

    [Fact]
    public async Task Nobody_hears_of_a_session_that_nobody_wants_and_nothing_is_stored_for_it()
    {
        var session = Session(SessionIds.Create());
        await session.SubmitAsync(Chain(1, 7), null, Ct);

        await Cluster.EndAsync(session);

        var id = session.GetPrimaryKeyString();
        Assert.Empty(_sink.Of(id));
        Assert.False(await Running.Redis.Connection.GetDatabase().KeyExistsAsync(new StorageKeys(StorageKeys.DefaultServiceId).Events(id)));
        Assert.Empty(await Running.Get<ISessionLists>().ReadUntoldAsync(null, 10));
    }

    [Fact]
    public async Task What_is_refused_comes_again_until_it_is_taken()
    {
        var refusals = 0;
        _sink.Before = (_, _) => Interlocked.Increment(ref refusals) % 2 == 1 ? throw new InvalidOperationException("Not now.") : Task.CompletedTask;

        var id = await SubmitAsync(Chain(2, 7));
        await HeardAsync([id]);

        Assert.True(refusals > 1, "Nothing was refused.");
        Assert.Equal(Enumerable.Range(1, _sink.Of(id).Count).Select(number => (long)number), _sink.Of(id).Select(one => one.Number));
    }

    [Fact]
    public async Task Who_does_not_listen_holds_up_no_session_and_hears_of_its_end_once_it_does()
    {
        var open = new TaskCompletionSource();
        _sink.Before = (_, _) => open.Task;
        var id = await SubmitAsync(Chain(2, 7));

        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(Session(id))).Status);
        Assert.Empty(_sink.Of(id));
        open.SetResult();

        await HeardAsync([id]);
    }

    [Fact]
    public async Task A_silo_that_is_killed_before_it_told_has_another_tell_it()
    {
        var open = new TaskCompletionSource();
        _sink.Before = (_, _) => open.Task;
        List<string> ids = [];
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await SubmitAsync(Chain(2, i)));
        }

        await Task.WhenAll(ids.Select(id => Cluster.EndAsync(Session(id))));
        Assert.Equal(ids.Order(StringComparer.Ordinal), await Running.Get<ISessionLists>().ReadUntoldAsync(null, 100));

        // Those that wait in the dead silo's memory never return; the other one's are let go.
        _sink.Before = (_, _) => Task.CompletedTask;
        await Running.Silos.KillSiloAsync(await Running.SiloOfAsync(Session(ids[0])), Ct);
        open.SetResult();

        await HeardAsync(ids);
    }

    private ISessionGrain Session(string id) => Running.Grains.GetGrain<ISessionGrain>(id);

    private async Task<string> SubmitAsync(SessionSpec spec)
    {
        var id = SessionIds.Create();
        await Session(id).SubmitAsync(spec with { Rank = RecordingSink.Rank }, null, Ct);
        return id;
    }

    /// <summary>Waits until the ends of all were taken, with all before, and the store knows that nobody has yet to hear of them.</summary>
    private async Task HeardAsync(List<string> ids)
    {
        await OwnCluster.UntilAsync(() => Task.FromResult(ids.TrueForAll(_sink.HasEndOf)), $"the ends of {ids.Count} sessions");
        await OwnCluster.UntilAsync(async () => (await Running.Silos.Silos[0].ServiceProvider.GetRequiredService<ISessionLists>().ReadUntoldAsync(null, 10)).IsEmpty, "no session that has yet to be told");
        foreach (var id in ids)
        {
            // After a crash some come twice, and none is missing.
            var numbers = _sink.Of(id).Select(one => one.Number).ToList();
            Assert.Equal(Enumerable.Range(1, (int)numbers.Max()).Select(number => (long)number), numbers.Distinct());
        }
    }
}
