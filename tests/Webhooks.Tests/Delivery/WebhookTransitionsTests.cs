using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using CsCheck;

namespace BlueEdge.Webhooks.Tests.Delivery;

public sealed class WebhookTransitionsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];
    private static readonly WebhookSpec Webhook = new() { StatusTypes = ["said", WebhookEvents.SessionStatusChanged], CallbackUrl = new("https://example.org/") };

    /// <summary>What comes of tries, whatever they are for.</summary>
    private enum Outcome
    {
        Delivered,
        Failed,
        Unwanted,
        Postponed,
    }

    [Fact]
    public void Whatever_comes_of_tries_each_event_is_done_with_once_in_order_and_tried_no_more_often_than_it_should() => Gen.Select(
            Gen.Int[0, 30],
            Gen.Frequency((6, Gen.Const(Outcome.Failed)), (3, Gen.Const(Outcome.Delivered)), (1, Gen.Const(Outcome.Postponed))).Array[400])
        .Sample((others, outcomes) =>
        {
            var events = Events(others);
            var (state, now, tries) = (Begun(), Noon + TimeSpan.FromMinutes(others), new Dictionary<long, int>());
            foreach (var outcome in outcomes)
            {
                now = state.NextTry > now ? state.NextTry.Value : now + TimeSpan.FromSeconds(1);
                if (events.FirstOrDefault(one => one.Number > state.Done) is not { } next)
                {
                    break;
                }

                if (!Webhook.Wants(next))
                {
                    state = state.Skip(next);
                    continue;
                }

                var done = state.Done;
                tries[next.Number] = tries.GetValueOrDefault(next.Number) + (outcome is Outcome.Postponed ? 0 : 1);
                state = Apply(state, next, outcome, now);
                Assert.True(state.Done == done || state.Done == next.Number);
                Assert.True(state.NextTry is null || state.NextTry > now);
                Assert.InRange(state.FailedTries.Length, 0, Pauses.Length + 1);
            }

            Assert.All(tries.Values, count => Assert.InRange(count, 0, Pauses.Length + 1));
            Assert.Equal(state.Past.Select(delivery => delivery.Id), state.Past.Select(delivery => delivery.Id).Distinct());
            Assert.Equal(events.Count(one => one.Number <= state.Done && Webhook.Wants(one)), state.Delivered + state.Failed);
            Assert.Equal(state.Done == events[^1].Number, state.IsClosed);
        });

    [Fact]
    public void A_receiver_that_is_away_is_given_up_once_and_those_that_waited_are_tried_once_each()
    {
        var events = Events(3);
        var (state, now, tries) = (Begun(), Noon + TimeSpan.FromMinutes(3), 0);
        while (!state.IsClosed)
        {
            now = state.NextTry ?? now + TimeSpan.FromSeconds(15);
            var next = events.First(one => one.Number > state.Done);
            (state, tries) = Webhook.Wants(next) ? (Apply(state, next, Outcome.Failed, now), tries + 1) : (state.Skip(next), tries);
        }

        // The first one's four tries, and one for each that waited behind it.
        Assert.Equal((Pauses.Length + 1 + 3, 4L), (tries, state.Failed));
        Assert.All(state.Past, delivery => Assert.Equal((WebhookDeliveryStatus.Failed, Pauses.Length + 1), (delivery.Status, delivery.Attempts)));
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(1, 5)]
    [InlineData(-100, 5)]
    [InlineData(100_000, 86_400)]
    [InlineData(null, 5)]
    public void A_receiver_may_ask_for_more_patience_but_not_for_more_than_a_day(int? asked, int waited)
    {
        var one = Said(1);

        var state = Begun().Fail(one, "id", Attempt(Noon, 503), Noon + (asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null), Pauses);

        Assert.Equal(Noon.AddSeconds(waited), state.NextTry);
    }

    [Fact]
    public void Who_answered_410_is_called_no_more_and_the_session_still_closes()
    {
        var events = Events(2);
        var state = Apply(Begun(), events[0], Outcome.Unwanted, Noon.AddMinutes(1));

        Assert.True(state is { IsDisabled: true, NextTry: null, Past: [{ Status: WebhookDeliveryStatus.Disabled }] });
        Assert.True(events.Skip(1).Aggregate(state, (next, one) => next.Skip(one)).IsClosed);
    }

    [Fact]
    public void Of_very_many_events_the_newest_are_carried_and_the_end_in_any_case()
    {
        var events = Events(5_000);

        var state = Begun().Carry(events);

        Assert.Equal(WebhookTransitions.MostCarried, state.Carried.Length);
        Assert.True(state.Carried[^1].IsEnd());
        Assert.Equal(events.Count(Webhook.Wants) - WebhookTransitions.MostCarried, state.Dropped);
    }

    [Fact]
    public void What_engines_said_at_length_is_carried_up_to_a_size()
    {
        List<SessionEvent> events = [.. Enumerable.Range(1, 500).Select(number => Said(number, bytes: 16_000)), End(501)];

        var state = Begun().Carry(events);

        Assert.InRange(state.Carried.Sum(one => one.Said?.Message.Length ?? 0), 900_000, WebhookTransitions.MostCarriedBytes);
        Assert.True(state.Carried[^1].IsEnd());
        Assert.Equal(501, state.Carried.Length + state.Dropped);
    }

    [Fact]
    public void An_end_that_nobody_asked_for_is_carried_too_so_that_the_webhook_closes()
    {
        var webhook = Webhook with { StatusTypes = ["said"] };
        var state = new WebhookState().Take(News(webhook)).Carry([Said(1), End(2)]);

        Assert.Equal([1L, 2L], state.Carried.Select(one => one.Number));
    }

    [Fact]
    public void A_session_that_was_submitted_anew_under_the_id_begins_anew()
    {
        var former = Apply(Begun(), Said(1), Outcome.Failed, Noon.AddMinutes(1)).FallBehind(Noon);

        var state = former.Take(News(Webhook) with { SubmittedAt = Noon.AddDays(1) });

        Assert.Equal((0L, false, 0, null), (state.Done, state.IsBehind, state.FailedTries.Length, state.NextTry));
    }

    [Fact]
    public void One_that_is_behind_does_not_skip_what_it_was_brought_while_it_could_not_take_it()
    {
        var behind = Begun().FallBehind(null);

        Assert.Equal(0, behind.Take(News(Webhook) with { After = 7 }).Done);
        Assert.Equal(7, behind.CatchUp().Take(News(Webhook) with { After = 7 }).Done);
    }

    [Fact]
    public void Events_that_are_lost_before_they_were_brought_are_counted_once()
    {
        var news = News(Webhook) with { After = 40, UpTo = 40, Lost = 30 };

        Assert.Equal((40L, 30L), (new WebhookState().Take(news).Done, new WebhookState().Take(news).Dropped));
        var later = new WebhookState().Take(News(Webhook) with { After = 3 }).Take(news);
        Assert.Equal((40L, 30L), (later.Done, later.Dropped));
        Assert.Same(later, later.Take(news));
        Assert.Equal(25, new WebhookState().Take(News(Webhook) with { After = 15 }).Take(news).Dropped);
        Assert.Equal(0, Begun().FallBehind(null).Take(news).Dropped);
    }

    [Theory]
    [InlineData(3_600, 3_600)]
    [InlineData(1_000_000, 86_400)]
    public void A_clock_that_was_ahead_is_not_waited_for(int rests, int left) =>
        Assert.Equal(Noon.AddSeconds(left), Begun().Postpone(Noon.AddSeconds(rests)).RestFor(TimeSpan.FromDays(1), Noon).NextTry);

    [Fact]
    public void What_is_sent_again_by_hand_counts_as_delivered_once()
    {
        var failed = Begun();
        for (var tries = 0; failed.Failed == 0; tries++)
        {
            failed = Apply(failed, Said(1), Outcome.Failed, Noon.AddMinutes(1 + tries));
        }

        var again = failed.Redeliver(Said(1), "1", Attempt(Noon.AddDays(4), 500)).Redeliver(Said(1), "1", Attempt(Noon.AddDays(5), 200)).Redeliver(Said(1), "1", Attempt(Noon.AddDays(6), 200));

        Assert.Equal((1L, 0L), (again.Delivered, again.Failed));
        Assert.Equal((WebhookDeliveryStatus.Delivered, Pauses.Length + 4), (Assert.Single(again.Past).Status, again.Past[0].Attempts));
    }

    private static WebhookState Begun() => new WebhookState().Take(News(Webhook));

    private static WebhookNews News(WebhookSpec webhook) => new() { SubmittedAt = Noon, Webhook = webhook, Channels = [], After = 0, UpTo = 0, Events = [] };

    private static WebhookState Apply(WebhookState state, SessionEvent one, Outcome outcome, DateTimeOffset now)
    {
        var id = $"{one.Number}";
        return outcome switch
        {
            Outcome.Delivered => state.Succeed(one, id, Attempt(now, 204)),
            Outcome.Failed => state.Fail(one, id, Attempt(now, 500), retryAfter: null, Pauses),
            Outcome.Unwanted => state.Disable(one, id, Attempt(now, 410)),
            _ => state.Postpone(now + TimeSpan.FromSeconds(15)),
        };
    }

    /// <summary>Some that it is called about, as many that it is not, and the end; a minute apart.</summary>
    private static List<SessionEvent> Events(int others)
    {
        List<SessionEvent> events = [.. Enumerable.Range(1, 2 * others).Select(number => number % 2 == 1 ? Said(number) : Said(number, "other"))];
        events.Add(End(events.Count + 1));
        return events;
    }

    private static SessionEvent Said(int number, string type = "said", int bytes = 0) => Event(number, SessionEventKind.EngineSaid) with { Said = new() { Type = type, Message = new byte[bytes] } };

    private static SessionEvent End(int number) => Event(number, SessionEventKind.StatusChanged) with { Status = SessionStatus.Finished };

    private static SessionEvent Event(int number, SessionEventKind kind) => new() { Number = number, At = Noon.AddSeconds(number), Kind = kind, Epoch = 1 };

    private static WebhookAttempt Attempt(DateTimeOffset at, int code) => new() { At = at, Duration = TimeSpan.Zero, StatusCode = code };
}
