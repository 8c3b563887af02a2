using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.DeadLetters;
using BlueEdge.Results;
using BlueEdge.Sessions.Events;
using BlueEdge.Webhooks;
using Orleans.Concurrency;

namespace BlueEdge.Sessions;

/// <summary>
/// One session, keyed by its session id (see <see cref="SessionIds"/>). It belongs to the tenant of whoever submitted it
/// (<see cref="Caller.Current"/> where the call is made); to callers of any other it is unknown, and its id taken.
/// </summary>
[Alias("blueedge.session")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Submits the session. Accepted means durable. Submitting again under the same id returns the session already
    /// there.
    /// </summary>
    /// <param name="spec">The DAG to run.</param>
    /// <param name="fingerprint">
    /// Tells specs apart when one id is submitted twice: another fingerprint is a conflict. <see langword="null"/> checks
    /// nothing.
    /// </param>
    /// <param name="cancellationToken">Stops the call, never the session.</param>
    [Alias("submit")]
    Task<SubmitResult> SubmitAsync(SessionSpec spec, string? fingerprint, CancellationToken cancellationToken);

    /// <summary>
    /// Submits the session and waits for its end, in one call: answers as <see cref="SubmitAsync"/> does, as soon as the session
    /// has ended, else once it is durable and <paramref name="atMost"/> has passed.
    /// </summary>
    /// <param name="spec">The DAG to run.</param>
    /// <param name="fingerprint">See <see cref="SubmitAsync"/>.</param>
    /// <param name="atMost">How long to wait, up to 20 seconds. Short is wise: a caller whose call breaks off has to submit again to learn of the session.</param>
    /// <param name="cancellationToken">Stops the call, never the session.</param>
    [Alias("run")]
    Task<SubmitResult> RunAsync(SessionSpec spec, string? fingerprint, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Reads the session, or <see langword="null"/> where there is none, or none any more.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<SessionSnapshot?> FindAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Waits for a terminal status; answers as soon as it comes, else with the status reached after
    /// <paramref name="atMost"/>. One call waits at most 20 seconds; call again to wait longer.
    /// </summary>
    [Alias("wait"), AlwaysInterleave]
    Task<SessionSnapshot?> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until the session is in another status or attempt than that; answers as soon as it is, else with the session as it is
    /// after <paramref name="atMost"/>. Statuses that follow each other quickly may be passed over. One call waits at most 20 seconds; call
    /// again to wait longer.
    /// </summary>
    /// <param name="status">The status that the caller knows.</param>
    /// <param name="epoch">The attempt that it knows; the first is 1.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("watch"), AlwaysInterleave]
    Task<SessionSnapshot?> WatchAsync(SessionStatus status, int epoch, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>
    /// Stops the session: a pending one is canceled at once, a running one is told and winds down. Stopping one that has
    /// ended, or is stopping, changes nothing. Answers without waiting for the end.
    /// </summary>
    [Alias("stop")]
    Task<SessionSnapshot?> StopAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads results of interested channels, during the run and after it; a page for each query, in their order, and
    /// <see langword="null"/> where the session is unknown. A channel that is not interested has no items.
    /// </summary>
    [Alias("results"), AlwaysInterleave]
    Task<ImmutableArray<ResultPage>?> ReadResultsAsync(ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken);

    /// <summary>
    /// The items that failed engines had in hand, of a session that has failed for good; empty for any other, and
    /// <see langword="null"/> where the session is unknown. Where a process died, each of its nodes counts as failed.
    /// </summary>
    [Alias("dead-letters"), AlwaysInterleave]
    Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads what happened to the session after an event's number: answers as soon as there is something, or nothing will follow,
    /// else with no events after <paramref name="atMost"/>; <see langword="null"/> where the session is unknown. One call waits at
    /// most 20 seconds; call again to wait longer.
    /// </summary>
    /// <param name="after">The number of the last event that the caller has; 0 to begin with.</param>
    /// <param name="atMost">How long to wait for an event.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("events"), AlwaysInterleave]
    Task<SessionEventPage?> FollowEventsAsync(long after, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>
    /// What became of the session's webhooks, in the order of its spec; <see langword="null"/> where the session is unknown. One that has
    /// been brought no event yet has no deliveries.
    /// </summary>
    [Alias("webhooks"), AlwaysInterleave]
    Task<ImmutableArray<WebhookSnapshot>?> ReadWebhooksAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sends an event to a webhook once more, now, whatever became of it, and answers with what came back; <see langword="null"/> where
    /// the session or the event is unknown, or not kept any more. May take as long as a call may (<c>BlueEdge:Outbound:Timeout</c>, 15 s).
    /// </summary>
    [Alias("redeliver"), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task<WebhookDelivery?> RedeliverAsync(DeliveryId delivery, CancellationToken cancellationToken);

    /// <summary>
    /// Reads on in one interested channel: answers as soon as there are items from <paramref name="offset"/> on, or nothing
    /// will follow, else with no items after <paramref name="atMost"/>; <see langword="null"/> where the session is unknown.
    /// One call waits at most 20 seconds; call again to wait longer.
    /// </summary>
    /// <param name="channel">An interested channel of the session.</param>
    /// <param name="epoch">The attempt that the offset belongs to; 0 to begin with. Where a newer one runs, its first items are read.</param>
    /// <param name="offset">How many of the attempt's items the caller has.</param>
    /// <param name="atMost">How long to wait for an item.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    [Alias("follow"), AlwaysInterleave]
    Task<ResultBatch?> FollowResultsAsync(string channel, int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken);
}
