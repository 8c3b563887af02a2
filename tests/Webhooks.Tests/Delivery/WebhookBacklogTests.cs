using System.Diagnostics.Metrics;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Webhooks.Tests.Delivery;

public sealed class WebhookBacklogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly WebhookSpec Webhook = new() { StatusTypes = ["said"], CallbackUrl = new("https://example.org/") };

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _clock = new(Noon.AddMinutes(1));
    private readonly LogOfEvents _log = new();
    private readonly WebhookMetrics _metrics;
    private readonly ActiveWebhook _webhook;
    private readonly WebhookBacklog _backlog;

    public WebhookBacklogTests()
    {
        _metrics = new(_services.GetRequiredService<IMeterFactory>(), _clock);
        _webhook = new("session/2", new StateInMemory(), _metrics, NullLogger.Instance);
        _backlog = new(_webhook, _log);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task What_is_brought_is_delivered_in_order_and_no_log_is_read()
    {
        _backlog.Accept(News(0, Said(1), Said(2)));
        Assert.Equal([1L, 2], await DeliverAllAsync());
        _backlog.Accept(News(2, Said(3)) with { UpTo = 5 });
        Assert.Equal([3L], await DeliverAllAsync());

        Assert.Equal((5L, 0, 0L), (_webhook.State.Done, _log.Reads, _webhook.State.Dropped));
    }

    [Fact]
    public async Task What_is_brought_again_is_delivered_once()
    {
        _backlog.Accept(News(0, Said(1), Said(2)));
        await DeliverAsync();
        _backlog.Accept(News(0, Said(1), Said(2), Said(3)));

        Assert.Equal([2L, 3], await DeliverAllAsync());
    }

    [Fact]
    public async Task One_that_is_behind_reads_the_log_up_to_the_sessions_end_and_then_looks_no_more()
    {
        _log.Events.AddRange([Said(1), Said(2), End(3)]);
        _backlog.Accept(News(0, Said(1)));
        _webhook.Change(state => state.FallBehind(null));
        _backlog.Accept(News(1, Said(2), End(3)));

        Assert.Equal([1L, 2, 3], await DeliverAllAsync());
        Assert.True(_webhook.State is { IsClosed: true, IsBehind: false, Dropped: 0 });
        Assert.Equal(1, _log.Reads);
    }

    [Fact]
    public async Task What_the_log_has_lost_is_counted_and_what_it_has_is_delivered()
    {
        _log.Events.AddRange([Said(6), End(7)]);
        _backlog.Accept(News(0, Said(1)));
        await DeliverAsync();
        _webhook.Change(state => state.FallBehind(null));

        Assert.Equal([6L, 7], await DeliverAllAsync());
        Assert.Equal(4, _webhook.State.Dropped);
    }

    [Fact]
    public async Task A_log_that_is_gone_leaves_nothing_to_look_for_and_is_counted_once()
    {
        _backlog.Accept(News(0, Said(1), Said(2)));
        await DeliverAllAsync();
        _webhook.Change(state => state.FallBehind(Noon));

        Assert.Empty(await DeliverAllAsync());
        Assert.Empty(await DeliverAllAsync());
        Assert.True(_webhook.State is { IsClosed: true, Dropped: 1 });
    }

    [Fact]
    public async Task What_is_written_while_the_log_is_read_is_not_taken_for_lost()
    {
        _backlog.Accept(News(0, Said(1)));
        await DeliverAllAsync();
        _webhook.Change(state => state.FallBehind(null));
        _log.AfterRead = () =>
        {
            _log.AfterRead = () => { };
            _log.Events.AddRange([Said(1), End(2)]);
            _backlog.Accept(News(1, End(2)));
            _webhook.Change(state => state.FallBehind(Noon));
        };

        Assert.Empty(await DeliverAllAsync());
        Assert.True(_webhook.State.Done < _backlog.Known, "Whoever delivers sees that more came.");
        Assert.Equal([2L], await DeliverAllAsync());
        Assert.Equal(0, _webhook.State.Dropped);
    }

    [Fact]
    public async Task What_is_carried_needs_no_log()
    {
        _log.Events.AddRange([Said(1), Said(2), End(3)]);
        _backlog.Accept(News(0, Said(1), Said(2), End(3)));
        _webhook.Change(state => state.FallBehind(Noon));
        await _backlog.CarryAsync();
        _log.Events.Clear();

        Assert.Equal([1L, 2, 3], await DeliverAllAsync());
        Assert.True(_webhook.State is { IsClosed: true, Dropped: 0, Carried: [] });
    }

    [Fact]
    public async Task Nothing_to_carry_is_an_end_that_was_lost()
    {
        _backlog.Accept(News(0, Said(1)));
        _webhook.Change(state => state.FallBehind(Noon));
        await _backlog.CarryAsync();

        Assert.Null(await _backlog.NextAsync());
        Assert.Equal(1, _webhook.State.Dropped);
    }

    [Fact]
    public async Task A_session_that_was_submitted_anew_leaves_nothing_of_the_former_one()
    {
        _backlog.Accept(News(0, Said(1), Said(2), Said(3)));
        _backlog.Accept(News(0, Said(1)) with { SubmittedAt = Noon.AddDays(1) });

        Assert.Equal([1L], await DeliverAllAsync());
    }

    [Fact]
    public void Nothing_was_written_before_engines_were_made_nor_up_to_where_the_session_says_so()
    {
        _backlog.Accept(News(0, Said(1), Said(2)) with { IsUnwritten = true });
        _backlog.Accept(News(2, Said(3)));

        Assert.Equal([false, true, true, false], new[] { Said(1) with { Epoch = 0 }, Said(1), Said(2), Said(3) }.Select(_backlog.IsUnwritten));
        Assert.Equal([true, true, false], new[] { SessionStatus.Pending, SessionStatus.Queuing, SessionStatus.Processing }.Select(status => _backlog.IsUnwritten(End(9) with { Status = status })));
        Assert.Equal([true, false], new[] { SubSessionStatus.Preparing, SubSessionStatus.Ready }.Select(status => _backlog.IsUnwritten(Event(9, SessionEventKind.NodeChanged) with { NodeStatus = status })));
    }

    [Fact]
    public async Task The_oldest_event_that_waits_is_the_one_whose_turn_it_is()
    {
        Assert.Equal(TimeSpan.Zero, _metrics.OldestAge);
        _backlog.Accept(News(0, Said(1), Said(2)));

        await _backlog.NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(59), _metrics.OldestAge);
        await DeliverAsync();
        await _backlog.NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(58), _metrics.OldestAge);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromSeconds(3_658), _metrics.OldestAge);
        await DeliverAllAsync();
        Assert.Equal(TimeSpan.Zero, _metrics.OldestAge);
    }

    [Fact]
    public void Its_key_says_whose_it_is_and_which() => Assert.Equal(("session", 2), (_webhook.SessionId, _webhook.Place));

    private async Task<List<long>> DeliverAllAsync()
    {
        List<long> delivered = [];
        while (await DeliverAsync() is { } number)
        {
            delivered.Add(number);
        }

        return delivered;
    }

    private async Task<long?> DeliverAsync()
    {
        var next = await _backlog.NextAsync();
        if (next is not null)
        {
            _webhook.Change(state => state.Skip(next));
        }

        return next?.Number;
    }

    private static WebhookNews News(long after, params SessionEvent[] events) =>
        new() { SubmittedAt = Noon, Webhook = Webhook, Channels = [], After = after, UpTo = events[^1].Number, Events = [.. events] };

    private static SessionEvent Said(int number) => Event(number, SessionEventKind.EngineSaid) with { Said = new() { Type = "said", Message = new byte[1] } };

    private static SessionEvent End(int number) => Event(number, SessionEventKind.StatusChanged) with { Status = SessionStatus.Finished };

    private static SessionEvent Event(int number, SessionEventKind kind) => new() { Number = number, At = Noon.AddSeconds(number), Kind = kind, Epoch = 1 };
}
