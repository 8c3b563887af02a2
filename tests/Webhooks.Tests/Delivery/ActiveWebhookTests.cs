using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>What an activation stores of its webhook, and what its session stores instead.</summary>
public sealed class ActiveWebhookTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly WebhookSpec Webhook = new() { StatusTypes = [WebhookEvents.SessionStatusChanged], CallbackUrl = new("https://example.org/") };

    private static readonly ImmutableArray<string> Channels = ["Result"];

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StateInMemory _stored = new();
    private readonly WebhookMetrics _metrics;
    private readonly ActiveWebhook _webhook;

    public ActiveWebhookTests()
    {
        _metrics = new(_services.GetRequiredService<IMeterFactory>(), new FakeTimeProvider(Noon.AddMinutes(10)));
        _webhook = new("session/2", _stored, _metrics, NullLogger.Instance) { IsKeptBySession = true };
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task One_that_is_done_with_is_its_sessions_to_store_and_comes_back_as_it_was()
    {
        Deliver("taken");
        var former = _webhook.State;

        var closed = _webhook.HandOver();
        await _webhook.DeactivateAsync();

        Assert.Equal((0, 0), (_stored.Reads, _stored.Writes));
        Assert.NotNull(closed);
        Assert.Equal("00-trace", former.Trace);
        Assert.Equal(former, new WebhookState().Take(News() with { After = closed.Done, UpTo = closed.Done, Closed = closed }));
    }

    [Fact]
    public void One_that_is_not_done_with_is_not()
    {
        _webhook.Change(state => state.Take(News()));

        Assert.Null(_webhook.HandOver());
    }

    [Fact]
    public void One_whose_session_does_not_say_that_it_stores_it_is_not()
    {
        _webhook.IsKeptBySession = false;
        Deliver("taken");

        Assert.Null(_webhook.HandOver());
    }

    [Fact]
    public async Task One_of_which_something_is_stored_stores_the_rest_itself()
    {
        _webhook.Change(state => state.Take(News()).FallBehind(null));
        await _webhook.SaveAsync();
        Deliver("taken");

        Assert.Null(_webhook.HandOver());
        await _webhook.DeactivateAsync();
        Assert.Equal(2, _stored.Writes);
        Assert.True(_stored.Stored is { Delivered: 1 });
    }

    [Fact]
    public async Task One_whose_receivers_answers_are_long_stores_them_itself()
    {
        Deliver(new string('x', 5_000));

        Assert.Null(_webhook.HandOver());
        await _webhook.DeactivateAsync();
        Assert.Equal(1, _stored.Writes);
    }

    [Fact]
    public async Task What_a_former_session_of_the_id_has_left_is_written_over()
    {
        _stored.Stored = new WebhookState().Take(News() with { SubmittedAt = Noon.AddDays(-1) });
        _webhook.Change(state => state.Take(News()).FallBehind(null));

        await _webhook.SaveAsync();

        Assert.Same(_webhook.State, _stored.Stored);
    }

    [Fact]
    public async Task What_another_activation_has_stored_is_not()
    {
        var other = _stored.Stored = new WebhookState().Take(News() with { After = 7 }).FallBehind(null);
        _webhook.Change(state => state.Take(News()).FallBehind(null));

        await Assert.ThrowsAsync<InconsistentStateException>(_webhook.SaveAsync);

        Assert.Same(other, _stored.Stored);
    }

    [Fact]
    public async Task One_that_is_behind_has_waited_since_its_first_try_until_it_is_looked_at_and_not_once_it_leaves()
    {
        _stored.Stored = new WebhookState().Take(News()).Fail(End(), "id", Attempt(Noon.AddMinutes(3), "busy"), retryAfter: null, [TimeSpan.FromHours(1)]).FallBehind(null);

        await _webhook.LoadAsync();
        Assert.Equal(TimeSpan.FromMinutes(7), _metrics.OldestAge);
        await _webhook.DeactivateAsync();

        Assert.Equal(TimeSpan.Zero, _metrics.OldestAge);
        _webhook.WaitsSince(Noon);
        Assert.Equal(TimeSpan.Zero, _metrics.OldestAge);
    }

    private static WebhookNews News() => new() { SubmittedAt = Noon, Webhook = Webhook, Channels = Channels, After = 0, UpTo = 0, Events = [], Trace = "00-trace" };

    private static SessionEvent End() => new() { Number = 1, At = Noon, Kind = SessionEventKind.StatusChanged, Status = SessionStatus.Finished, Epoch = 1 };

    private static WebhookAttempt Attempt(DateTimeOffset at, string answer) => new() { At = at, Duration = TimeSpan.Zero, StatusCode = 200, Answer = answer };

    private void Deliver(string answer) => _webhook.Change(state => state.Take(News()).Succeed(End(), "id", Attempt(Noon, answer)));
}
