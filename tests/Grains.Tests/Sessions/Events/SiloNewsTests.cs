using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Storage;
using Microsoft.Extensions.Time.Testing;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions.Events;

public sealed class SiloNewsTests : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _clock = new();
    private readonly SiloNews _tap;

    public SiloNewsTests() => _tap = new(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _tap.Dispose();

    [Fact]
    public async Task Nothing_is_noted_before_anybody_reads_and_once_nobody_does_any_more()
    {
        Tell("before");
        Assert.False(_tap.IsOpen);

        var place = (await ReadAsync(null)).Place;
        Tell("between");
        _clock.Advance(SiloNews.Patience - TimeSpan.FromSeconds(1));
        Assert.Equal(["between"], IdsOf(await ReadAsync(place)));
        _clock.Advance(SiloNews.Patience);
        Assert.False(_tap.IsOpen);
        Tell("after");

        var late = await ReadAsync(place);
        Assert.Empty(late.News);
        Assert.False(late.IsWhole);
    }

    [Fact]
    public async Task Who_waits_keeps_it_open_and_hears_at_once()
    {
        var place = (await ReadAsync(null)).Place;
        var reading = _tap.ReadAsync(place, TimeSpan.FromHours(1), Ct);
        _clock.Advance(SiloNews.Patience * 3);

        Tell("s");

        Assert.Equal(["s"], IdsOf(await reading));
    }

    [Fact]
    public async Task A_wait_ends_with_nothing_and_where_it_began()
    {
        var place = (await ReadAsync(null)).Place;
        var reading = _tap.ReadAsync(place, Turn, Ct);

        _clock.Advance(Turn);

        var page = await reading;
        Assert.Equal((place, true, 0), (page.Place, page.IsWhole, page.News.Length));
        using var cancelled = new CancellationTokenSource();
        reading = _tap.ReadAsync(place, Turn, cancelled.Token);
        await cancelled.CancelAsync();
        Assert.Empty((await reading).News);
    }

    [Fact]
    public async Task Every_reader_reads_all_in_pages()
    {
        var place = (await ReadAsync(null)).Place;
        for (var number = 0; number < 1_000; number++)
        {
            Tell($"{number}");
        }

        for (var reader = 0; reader < 2; reader++)
        {
            var (next, read) = (place, new List<string>());
            while (read.Count < 1_000)
            {
                var page = await ReadAsync(next);
                Assert.True(page.IsWhole);
                read.AddRange(IdsOf(page));
                next = page.Place;
            }

            Assert.Equal(Enumerable.Range(0, 1_000).Select(number => $"{number}"), read);
        }
    }

    [Theory, InlineData(10), InlineData(20_000)]
    public async Task Only_the_newest_are_kept_and_a_reader_is_told_that_some_are_gone(int length)
    {
        var place = (await ReadAsync(null)).Place;
        const int Count = NewsBuffer.MostNews + 10;
        for (var number = 0; number < Count; number++)
        {
            Tell($"{number}", new string('x', length));
        }

        var (next, read, gaps) = (place, new List<int>(), 0);
        while (read.LastOrDefault() < Count - 1)
        {
            var page = await ReadAsync(next);
            gaps += page.IsWhole ? 0 : 1;
            read.AddRange(page.News.Select(news => int.Parse(news.SessionId, System.Globalization.CultureInfo.InvariantCulture)));
            next = page.Place;
        }

        Assert.Equal(1, gaps);
        Assert.Equal(Enumerable.Range(Count - read.Count, read.Count), read);
        Assert.InRange(read.Count * (length * sizeof(char)), 1, length < 100 ? int.MaxValue : NewsBuffer.MostBytes);
        Assert.InRange(read.Count, 50, NewsBuffer.MostNews);
    }

    [Fact]
    public async Task Something_that_may_be_missing_is_told_where_it_was()
    {
        var place = (await ReadAsync(null)).Place;
        Tell("a");
        _tap.Miss("s");
        _tap.Miss("s");
        Tell("b");
        _tap.Miss("s");

        var first = await ReadAsync(place);
        var second = await ReadAsync(first.Place);
        var third = await ReadAsync(second.Place);

        Assert.Equal(("a", true), (Assert.Single(IdsOf(first)), first.IsWhole));
        Assert.Equal(("b", false), (Assert.Single(IdsOf(second)), second.IsWhole));
        Assert.Equal((0, false), (third.News.Length, third.IsWhole));
    }

    [Fact]
    public async Task A_write_of_which_nobody_knows_whether_it_was_made_is_told_as_missing()
    {
        var store = new MemorySessionStore();
        var place = (await ReadAsync(null)).Place;
        var record = new SessionRecord("s", store, _tap) { Spec = Chain(1, 1) };
        var created = Submitted();
        store.Refuses = (_, _) => true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => record.WriteAsync(SessionState.None, created));
        store.Refuses = (_, _) => false;

        await record.WriteAsync(SessionState.None, created);

        var page = await ReadAsync(place);
        Assert.Equal(("s", false), (Assert.Single(IdsOf(page)), page.IsWhole));
        Assert.Equal((SessionEventKind.StatusChanged, 0L, _clock.GetUtcNow()), (page.News[0].Events[0].Kind, page.News[0].Events[0].Number, page.News[0].Events[0].At));
        Assert.Equal(["relay"], page.News[0].Engines);
    }

    private static SessionState Submitted(string? reason = null) => new() { Epoch = 1, Status = SessionStatus.Pending, Reason = reason, Nodes = [new()] };

    private void Tell(string session, string? reason = null) => _tap.Tell(session, 1, Chain(1, 1), SessionState.None, Submitted(reason));

    private Task<NewsPage> ReadAsync(NewsPlace? after) => _tap.ReadAsync(after, TimeSpan.Zero, Ct);

    private static IEnumerable<string> IdsOf(NewsPage page) => page.News.Select(news => news.SessionId);
}
