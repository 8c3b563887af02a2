using BlueEdge.Sessions.Events;
using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>
/// Every change of a webhook's state. Pure. Events go one after the other: while one cannot be delivered those behind it wait, and each
/// try that fails counts for all of them, so that a receiver that is away is given up once and not for each event anew. Whoever's turn
/// comes is tried at least once.
/// </summary>
internal static class WebhookTransitions
{
    /// <summary>So many events are carried beyond their session's retention, and so many bytes of what engines said; the newest.</summary>
    public const int MostCarried = 1_000;
    public const int MostCarriedBytes = 1024 * 1024;

    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>Takes up a webhook, unless it was taken up before. Of an earlier session under the same id nothing is left.</summary>
    public static WebhookState Take(this WebhookState state, WebhookNews news)
    {
        var taken = state.Webhook is null || state.SubmittedAt != news.SubmittedAt
            ? new() { SubmittedAt = news.SubmittedAt, Webhook = news.Webhook, Channels = news.Channels, Trace = news.Trace, Done = news.After - news.Lost }
            : state;

        // Between what it has done and what it is brought now nothing was for it but what is lost, unless it said that it would look itself.
        return taken.IsBehind ? taken : taken.Reach(news.After - news.Lost).Drop(news.After);
    }

    /// <summary>It will look itself for the events that it has yet to deliver.</summary>
    public static WebhookState FallBehind(this WebhookState state, DateTimeOffset? endedAt) =>
        state.IsBehind && (endedAt is null || state.EndedAt == endedAt) ? state : state with { IsBehind = true, EndedAt = endedAt ?? state.EndedAt };

    /// <summary>There is nothing left to deliver that it knows of.</summary>
    public static WebhookState CatchUp(this WebhookState state) => state.IsBehind || state.NextTry is not null ? state with { IsBehind = false, NextTry = null } : state;

    /// <summary>An event is not asked for, or not any more.</summary>
    public static WebhookState Skip(this WebhookState state, SessionEvent one) => state.Pass(one);

    /// <summary>Up to a number there is nothing for it.</summary>
    public static WebhookState Reach(this WebhookState state, long upTo) => upTo <= state.Done ? state : state with { Done = upTo };

    /// <summary>Events up to a number are gone that it may have been called about.</summary>
    public static WebhookState Drop(this WebhookState state, long upTo) =>
        upTo <= state.Done ? state : state with { Dropped = state.Dropped + (upTo - state.Done), Done = upTo };

    /// <summary>All that was left is gone, and the session's end with it: that is one event at least.</summary>
    public static WebhookState DropRest(this WebhookState state, long upTo) => state.Drop(Math.Max(upTo, state.Done + 1)) with { IsBehind = false };

    /// <summary>The receiver took it.</summary>
    public static WebhookState Succeed(this WebhookState state, SessionEvent one, string id, WebhookAttempt attempt) =>
        (state with { FailedTries = [], LastFailure = null, NextTry = null, Delivered = state.Delivered + 1 })
            .Pass(one)
            .Remember(Delivery(one, id, WebhookDeliveryStatus.Delivered, state.TriesOf(one) + 1, attempt));

    /// <summary>The receiver wants no more of the session.</summary>
    public static WebhookState Disable(this WebhookState state, SessionEvent one, string id, WebhookAttempt attempt) =>
        (state with { IsDisabled = true, NextTry = null })
            .Pass(one)
            .Remember(Delivery(one, id, WebhookDeliveryStatus.Disabled, state.TriesOf(one) + 1, attempt));

    /// <summary>It did not arrive: it is tried again after its next pause, or given up after its last try.</summary>
    /// <param name="state">The state.</param>
    /// <param name="one">The event.</param>
    /// <param name="id">Its delivery's id.</param>
    /// <param name="attempt">The try.</param>
    /// <param name="retryAfter">When the receiver wants it again, if it says; believed for up to a day.</param>
    /// <param name="pauses">How long to wait after each try, made longer or shorter by chance.</param>
    public static WebhookState Fail(
        this WebhookState state, SessionEvent one, string id, WebhookAttempt attempt, DateTimeOffset? retryAfter, IReadOnlyList<TimeSpan> pauses)
    {
        var failed = state.FailedTries.Add(attempt.At);
        var next = state with { FailedTries = failed.Length > pauses.Count + 1 ? failed.RemoveAt(0) : failed, LastFailure = attempt };
        var tries = next.TriesOf(one);
        if (tries > pauses.Count)
        {
            return (next with { NextTry = null, Failed = state.Failed + 1 })
                .Pass(one)
                .Remember(Delivery(one, id, WebhookDeliveryStatus.Failed, tries, attempt));
        }

        var ended = attempt.At + attempt.Duration;
        var due = ended + pauses[Math.Max(tries, 1) - 1];
        var asked = retryAfter < ended + LongestRetryAfter ? retryAfter.Value : retryAfter is null ? due : ended + LongestRetryAfter;
        return next with { NextTry = due > asked ? due : asked };
    }

    /// <summary>It rests for no longer than it may from now on: a clock that was ahead when that was stored has been set right.</summary>
    public static WebhookState RestFor(this WebhookState state, TimeSpan longest, DateTimeOffset now) => state.NextTry > now + longest ? state with { NextTry = now + longest } : state;

    /// <summary>It is not tried before then, which counts for nothing.</summary>
    public static WebhookState Postpone(this WebhookState state, DateTimeOffset until) => state with { NextTry = until };

    /// <summary>Takes along what is to be delivered yet: the newest of it, and its last event in any case.</summary>
    public static WebhookState Carry(this WebhookState state, IEnumerable<SessionEvent> left)
    {
        var wanted = left.Where(one => one.Number > state.Done && (one.IsEnd() || state.Webhook!.Wants(one))).ToList();
        var (kept, bytes) = (0, 0L);
        for (var place = wanted.Count - 1; place >= 0 && kept < MostCarried; place--, kept++)
        {
            bytes += wanted[place].Said?.Message.Length ?? 0;
            if (bytes > MostCarriedBytes)
            {
                break;
            }
        }

        // Where there is no end among it the session is forgotten already.
        var lost = wanted.Count - kept + (wanted.Exists(one => one.IsEnd()) ? 0 : 1);
        return state with { IsCarrying = true, Carried = [.. wanted.Skip(wanted.Count - kept)], Dropped = state.Dropped + lost };
    }

    /// <summary>It was sent again because somebody asked for it.</summary>
    public static WebhookState Redeliver(this WebhookState state, SessionEvent one, string id, WebhookAttempt attempt)
    {
        var former = state.Past.FirstOrDefault(delivery => string.Equals(delivery.Id, id, StringComparison.Ordinal));
        var delivery = Delivery(one, id, attempt.IsDelivered ? WebhookDeliveryStatus.Delivered : former?.Status ?? WebhookDeliveryStatus.Failed, (former?.Attempts ?? 0) + 1, attempt);
        return (former is null ? state.Remember(delivery) : state with { Past = state.Past.Replace(former, delivery) }) with
        {
            Delivered = state.Delivered + (attempt.IsDelivered && former?.Status is not WebhookDeliveryStatus.Delivered ? 1 : 0),
            Failed = state.Failed - (attempt.IsDelivered && former?.Status is WebhookDeliveryStatus.Failed ? 1 : 0),
        };
    }

    /// <summary>How often it was tried, or would have been if none had been in its way.</summary>
    public static int TriesOf(this WebhookState state, SessionEvent one) => state.FailedTries.Count(at => at >= one.At);

    public static WebhookDelivery Waiting(this WebhookState state, SessionEvent one, string id, bool isNext) =>
        Delivery(one, id, WebhookDeliveryStatus.Waiting, state.TriesOf(one), isNext ? state.LastFailure : null) with { NextAttemptAt = isNext ? state.NextTry : null };

    /// <summary>After the session's end there is nothing to look for.</summary>
    private static WebhookState Pass(this WebhookState state, SessionEvent one) => state with
    {
        Done = one.Number,
        IsBehind = state.IsBehind && !one.IsEnd(),
        EndedAt = one.IsEnd() ? one.At : state.EndedAt,
        Carried = state.Carried is [var first, ..] && first.Number == one.Number ? state.Carried.RemoveAt(0) : state.Carried,
    };

    private static WebhookState Remember(this WebhookState state, WebhookDelivery delivery) => state with
    {
        Past = [.. state.Past.Skip(state.Past.Length - WebhookSnapshot.MostDeliveries + 1), delivery],
    };

    private static WebhookDelivery Delivery(SessionEvent one, string id, WebhookDeliveryStatus status, int attempts, WebhookAttempt? last) => new()
    {
        Id = id,
        Type = WebhookEvents.TypeOf(one) ?? "",
        HappenedAt = one.At,
        Status = status,
        Attempts = attempts,
        LastAttempt = last,
    };
}
