using System.Collections.Immutable;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions.Events;

public sealed class SessionTapGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);
    private OwnCluster? _cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OwnCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    public async ValueTask InitializeAsync() => _cluster = await OwnCluster.StartAsync(silos: 2);

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task The_taps_of_all_silos_tell_together_what_happens_to_all_sessions()
    {
        var taps = await AllAsync(2);
        var places = await Task.WhenAll(taps.Select(async tap => (Tap: tap, (await Tap(tap).ReadAsync(null, Turn, Ct)).Place)));
        List<string> ids = [];
        for (var i = 0; i < 10; i++)
        {
            var session = Running.Grains.GetGrain<ISessionGrain>(SessionIds.Create());
            await session.SubmitAsync(Chain(2, i), null, Ct);
            await Cluster.EndAsync(session);
            ids.Add(session.GetPrimaryKeyString());
        }

        var news = (await Task.WhenAll(places.Select(each => RestAsync(each.Tap, each.Place)))).SelectMany(each => each).ToLookup(each => each.SessionId, StringComparer.Ordinal);
        Assert.Equal(ids.Order(StringComparer.Ordinal), news.Select(each => each.Key).Order(StringComparer.Ordinal));
        Assert.All(news, of => Assert.Equal(
            SessionStatus.Finished, of.SelectMany(each => each.Events).Last(one => one.Kind is SessionEventKind.StatusChanged).Status));
    }

    [Fact]
    public async Task Who_knows_the_silos_hears_when_one_is_gone()
    {
        var taps = await AllAsync(2);
        var following = Running.Grains.GetGrain<ISessionTapsGrain>(ISessionTapsGrain.Key).FollowAsync(taps, TimeSpan.FromSeconds(1), Ct);
        Assert.Equal(taps, await following);
        var gone = Running.Silos.Silos[1];

        await Running.Silos.KillSiloAsync(gone, Ct);

        Assert.Equal(taps.Remove(SessionTapGrain.KeyOf(gone.SiloAddress)), await AllAsync(1));
    }

    /// <summary>The keys of so many silos' taps.</summary>
    private async Task<ImmutableArray<string>> AllAsync(int silos)
    {
        ImmutableArray<string> taps = [];
        await OwnCluster.UntilAsync(
            async () => (taps = await Running.Grains.GetGrain<ISessionTapsGrain>(ISessionTapsGrain.Key).FollowAsync(taps, Turn, Ct)).Length == silos, $"{silos} silos");
        return taps;
    }

    /// <summary>All that a tap has to tell.</summary>
    private async Task<List<SessionNews>> RestAsync(string tap, TapPlace place)
    {
        List<SessionNews> all = [];
        while (await Tap(tap).ReadAsync(place, TimeSpan.Zero, Ct) is { News.IsEmpty: false } page)
        {
            Assert.True(page.IsWhole);
            all.AddRange(page.News);
            place = page.Place;
        }

        return all;
    }

    private ISessionTapGrain Tap(string key) => Running.Grains.GetGrain<ISessionTapGrain>(key);
}
