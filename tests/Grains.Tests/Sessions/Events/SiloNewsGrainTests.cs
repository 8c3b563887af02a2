using System.Collections.Immutable;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions.Events;

public sealed class SiloNewsGrainTests : IAsyncLifetime
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
        var rings = await AllAsync(2);
        var places = await Task.WhenAll(rings.Select(async ring => (Ring: ring, (await Ring(ring).ReadAsync(null, Turn, Ct)).Place)));
        List<string> ids = [];
        for (var i = 0; i < 10; i++)
        {
            var session = Running.Grains.GetGrain<ISessionGrain>(SessionIds.Create());
            await session.SubmitAsync(Chain(2, i), null, Ct);
            await Cluster.EndAsync(session);
            ids.Add(session.GetPrimaryKeyString());
        }

        var news = (await Task.WhenAll(places.Select(each => RestAsync(each.Ring, each.Place)))).SelectMany(each => each).ToLookup(each => each.SessionId, StringComparer.Ordinal);
        Assert.Equal(ids.Order(StringComparer.Ordinal), news.Select(each => each.Key).Order(StringComparer.Ordinal));
        Assert.All(news, of => Assert.Equal(
            SessionStatus.Finished, of.SelectMany(each => each.Events).Last(one => one.Kind is SessionEventKind.StatusChanged).Status));
    }

    [Fact]
    public async Task Who_knows_the_silos_hears_when_one_is_gone()
    {
        var rings = await AllAsync(2);
        var following = Running.Grains.GetGrain<ISiloNewsListGrain>(ISiloNewsListGrain.Key).FollowAsync(rings, TimeSpan.FromSeconds(1), Ct);
        Assert.Equal(rings, await following);
        var gone = Running.Silos.Silos[1];

        await Running.Silos.KillSiloAsync(gone, Ct);

        Assert.Equal(rings.Remove(SiloNewsGrain.KeyOf(gone.SiloAddress)), await AllAsync(1));
    }

    /// <summary>The keys of so many silos' rings.</summary>
    private async Task<ImmutableArray<string>> AllAsync(int silos)
    {
        ImmutableArray<string> rings = [];
        await OwnCluster.UntilAsync(
            async () => (rings = await Running.Grains.GetGrain<ISiloNewsListGrain>(ISiloNewsListGrain.Key).FollowAsync(rings, Turn, Ct)).Length == silos, $"{silos} silos");
        return rings;
    }

    /// <summary>All that a ring has to tell.</summary>
    private async Task<List<SessionNews>> RestAsync(string ring, NewsPlace place)
    {
        List<SessionNews> all = [];
        while (await Ring(ring).ReadAsync(place, TimeSpan.Zero, Ct) is { News.IsEmpty: false } page)
        {
            Assert.True(page.IsWhole);
            all.AddRange(page.News);
            place = page.Place;
        }

        return all;
    }

    private ISiloNewsGrain Ring(string key) => Running.Grains.GetGrain<ISiloNewsGrain>(key);
}
