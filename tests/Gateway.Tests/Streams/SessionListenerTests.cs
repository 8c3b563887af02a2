using BlueEdge.Callers;
using BlueEdge.Gateway.Sessions.Listening;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Tests.Streams;

/// <summary>What waits for one who listens to all sessions.</summary>
public sealed class SessionListenerTests
{
    [Fact]
    public void The_oldest_are_dropped_and_counted_by_events()
    {
        var listener = new SessionListener(new(Caller.Default));
        for (var number = 0; number < SessionListener.MostWaiting + 3; number++)
        {
            listener.Tell(new(News($"{number}", SessionStatus.Queuing, SessionStatus.Processing)));
        }

        var gap = listener.TryTake();

        Assert.Equal(6, gap?.Gap?.Missed);
        Assert.Equal("3", listener.TryTake()?.SessionId);
    }

    [Fact]
    public void What_is_dropped_for_all_is_counted_where_it_was()
    {
        var listener = new SessionListener(new(Caller.Default));
        FeedItem[] items = [.. Enumerable.Range(0, 4).Select(number => new FeedItem(News($"{number}", SessionStatus.Queuing)))];
        foreach (var item in items)
        {
            listener.Tell(item);
        }

        items[1].Drop();
        items[2].Drop();

        Assert.Equal("0", listener.TryTake()?.SessionId);
        Assert.Equal(2, listener.TryTake()?.Gap?.Missed);
        Assert.Equal("3", listener.TryTake()?.SessionId);
        Assert.Null(listener.TryTake());
    }

    [Fact]
    public void Where_nobody_knows_how_much_is_missing_no_number_is_told_and_gaps_without_anything_between_are_one()
    {
        var listener = new SessionListener(new(Caller.Default));
        var dropped = new FeedItem(News("dropped", SessionStatus.Queuing));
        listener.Miss();
        listener.Tell(dropped);
        listener.Miss();
        listener.Tell(new(News("s", SessionStatus.Queuing)));
        dropped.Drop();

        var gap = listener.TryTake()?.Gap;

        Assert.NotNull(gap);
        Assert.Null(gap.Missed);
        Assert.Equal("s", listener.TryTake()?.SessionId);
    }

    [Fact]
    public void A_status_is_the_session_s_when_it_happened()
    {
        var filter = new SessionFilter(Caller.Default) { Status = SessionStatus.Processing };
        var news = News("s", SessionStatus.Queuing, SessionStatus.Processing, SessionStatus.Finished);
        var node = news.Events[0] with { Kind = SessionEventKind.NodeChanged, Status = null, Number = 9 };
        news = news with { Events = [node, news.Events[0], news.Events[1], node, news.Events[2], node] };

        Assert.Equal([1, 9], filter.Select(news).Select(one => one.Number));
        Assert.Empty((filter with { Engine = "other" }).Select(news));
    }

    [Fact]
    public async Task Who_waits_goes_on_with_what_comes()
    {
        var listener = new SessionListener(new(Caller.Default));
        var waiting = listener.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        listener.Tell(new(News("other", SessionStatus.Queuing) with { Tenant = "other" }));
        Assert.False(waiting.IsCompleted);
        listener.Tell(new(News("s", SessionStatus.Queuing)));

        await waiting;
        Assert.True(listener.WaitAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    private static SessionNews News(string session, params SessionStatus[] statuses) => new()
    {
        SessionId = session,
        Engines = ["hello"],
        Events = [.. statuses.Select((status, place) => new SessionEvent { Number = place, At = default, Kind = SessionEventKind.StatusChanged, Epoch = 1, Status = status })],
    };
}
