using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Channels.Taps;
using BlueEdge.DeadLetters;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Operations;
using BlueEdge.Outbound;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Validation;
using BlueEdge.Webhooks;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Calls session grains, and gives up with <see cref="UnavailableException"/> where they do not answer in time.</summary>
internal sealed class SessionClient(
    IGrainFactory grains, CallBudgets budgets, IOptions<GatewayOptions> options, IOptions<OutboundOptions> outbound, TimeProvider time)
{
    /// <summary>What a store takes in at least, on a machine that is busy: large submissions have that much longer.</summary>
    private const double BytesASecond = 4_000_000;

    /// <summary>Well below the time within which a cluster that is away has to be told of.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(500);

    /// <summary>A session whose retention is over is gone in a moment.</summary>
    private static readonly TimeSpan ExpiryPause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// A silo that died is known to be dead, and its grains live elsewhere, after a second or two. Where there is none at all, hundreds
    /// of calls may be waiting so.
    /// </summary>
    private static readonly Backoff Retries = new(First: TimeSpan.FromMilliseconds(100), Longest: TimeSpan.FromMilliseconds(400));

    private LongPoll Poll => new(pause: TimeSpan.FromMilliseconds(500), time);

    /// <summary>
    /// Submits, and waits for the end a little where the caller waits: most sessions that are waited for are short. Without the
    /// caller's token, for once it is on its way, a caller that hangs up changes nothing.
    /// </summary>
    public async Task<SubmitResult> SubmitAsync(string sessionId, SessionSpec spec, string? fingerprint, int bytes)
    {
        CallTrace.Enter();
        var wait = TimeSpan.FromTicks(Math.Clamp(spec.WaitTime.Ticks, 0, ShortWait.Ticks));
        for (var began = time.GetTimestamp(); ; await Task.Delay(ExpiryPause, time))
        {
            var result = await CallAsync(
                sessionId,
                grain => grain.RunAsync(spec, fingerprint, wait, CancellationToken.None),
                TimeSpan.FromSeconds(bytes / BytesASecond),
                CancellationToken.None);
            if (result.Outcome is not SubmitOutcome.Expiring || time.GetElapsedTime(began) > options.Value.CallTimeout)
            {
                return result;
            }
        }
    }

    /// <summary>Says what <see cref="SubmitAsync"/> would refuse.</summary>
    public Task<ValidationReport> ValidateAsync(SessionSpec spec, int bytes, CancellationToken cancellationToken) => CallAsync(
        () => grains.GetGrain<ISessionValidationGrain>(ISessionValidationGrain.Key).ValidateAsync(spec, cancellationToken),
        TimeSpan.FromSeconds(bytes / BytesASecond),
        cancellationToken);

    public Task<SessionSnapshot?> FindAsync(string sessionId, CancellationToken cancellationToken) =>
        CallAsync(sessionId, grain => grain.FindAsync(cancellationToken), TimeSpan.Zero, cancellationToken);

    public Task<SessionSnapshot?> StopAsync(string sessionId) =>
        CallAsync(sessionId, grain => grain.StopAsync(CancellationToken.None), TimeSpan.Zero, CancellationToken.None);

    public Task<SubSessionSnapshot?> FindNodeAsync(SubSessionKey node, CancellationToken cancellationToken) =>
        CallAsync(() => grains.Find<ISubSessionGrain>(node.ToString()).FindAsync(cancellationToken), TimeSpan.Zero, cancellationToken);

    public Task<SubSessionSnapshot?> StopNodeAsync(SubSessionKey node) =>
        CallAsync(() => grains.Find<ISubSessionGrain>(node.ToString()).StopAsync(CancellationToken.None), TimeSpan.Zero, CancellationToken.None);

    /// <summary>A channel that clients write; <see langword="null"/> where there is none of that name.</summary>
    public Task<InputSnapshot?> FindInputAsync(ChannelKey channel, CancellationToken cancellationToken) =>
        CallAsync(() => grains.Find<IChannelInputGrain>(channel.ToString()).FindAsync(cancellationToken), TimeSpan.Zero, cancellationToken);

    /// <summary>Writes to a channel. Without the caller's token, for once it is on its way, a caller that hangs up changes nothing.</summary>
    public Task<InputReply> WriteInputAsync(ChannelKey channel, InputWrite write, int bytes) => CallAsync(
        () => grains.Find<IChannelInputGrain>(channel.ToString()).WriteAsync(write, CancellationToken.None),
        TimeSpan.FromSeconds(bytes / BytesASecond),
        CancellationToken.None);

    /// <summary>Reads on in a channel that is not kept, and waits so long for the next item; <see langword="null"/> where there is none that can be listened to.</summary>
    public Task<ResultBatch?> FollowTapAsync(ChannelKey channel, int epoch, long offset, TimeSpan turn, CancellationToken cancellationToken) => CallAsync(
        () => grains.Find<IChannelTapGrain>(channel.ToString()).FollowAsync(epoch, offset, turn, cancellationToken), turn, cancellationToken);

    /// <summary>One item of a channel that is not kept, while it is there.</summary>
    public Task<Payload?> ReadTapAsync(ChannelKey channel, int epoch, long offset, CancellationToken cancellationToken) => CallAsync(
        () => grains.Find<IChannelTapGrain>(channel.ToString()).ReadAsync(epoch, offset, cancellationToken), TimeSpan.Zero, cancellationToken);

    public Task<ImmutableArray<ResultPage>?> ReadResultsAsync(
        string sessionId, ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken) =>
        CallAsync(sessionId, grain => grain.ReadResultsAsync(queries, cancellationToken), TimeSpan.Zero, cancellationToken);

    /// <summary>
    /// Waits for the end. The grain tells it as soon as it comes; a grain that moves, or a cluster that is away for a
    /// while, costs the caller nothing but the time it wanted to wait anyway. Where too many wait already it does not.
    /// </summary>
    /// <returns>The session as last known, or <see langword="null"/> where it is gone.</returns>
    public async Task<SessionSnapshot?> WaitForEndAsync(
        SessionSnapshot session, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero || session.Status.IsTerminal() || !budgets.TryBeginWait())
        {
            return session;
        }

        var known = session;
        try
        {
            return await Poll.AskAsync(
                async turn => known = await CallAsync(session.SessionId, grain => grain.WaitAsync(turn, cancellationToken), turn, cancellationToken),
                reached => reached is null || reached.Status.IsTerminal(),
                Bounded(atMost),
                error => error is UnavailableException,
                cancellationToken);
        }
        catch (UnavailableException)
        {
            return known;
        }
        finally
        {
            budgets.EndWait();
        }
    }

    /// <summary>Reads events after a number, and waits for the next where there is none yet; a cluster that is away for a while costs but the time.</summary>
    /// <returns><see langword="null"/> where there is no such session.</returns>
    public async Task<SessionEventPage?> FollowEventsAsync(string sessionId, long after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var waits = atMost > TimeSpan.Zero && budgets.TryBeginWait();
        try
        {
            return await Poll.AskAsync(
                turn => CallAsync(sessionId, grain => grain.FollowEventsAsync(after, turn, cancellationToken), turn, cancellationToken),
                page => page is not { Events.IsEmpty: true, IsLast: false },
                waits ? Bounded(atMost) : TimeSpan.Zero,
                error => error is UnavailableException,
                cancellationToken);
        }
        finally
        {
            if (waits)
            {
                budgets.EndWait();
            }
        }
    }

    public Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(string sessionId, CancellationToken cancellationToken) =>
        CallAsync(sessionId, grain => grain.ReadDeadLettersAsync(cancellationToken), TimeSpan.Zero, cancellationToken);

    public Task<ImmutableArray<WebhookSnapshot>?> ReadWebhooksAsync(string sessionId, CancellationToken cancellationToken) =>
        CallAsync(sessionId, grain => grain.ReadWebhooksAsync(cancellationToken), TimeSpan.Zero, cancellationToken);

    /// <summary>Has time for the receiver's answer; a caller that hangs up changes nothing.</summary>
    public Task<WebhookDelivery?> RedeliverAsync(DeliveryId delivery) =>
        CallAsync(delivery.SessionId, grain => grain.RedeliverAsync(delivery, CancellationToken.None), outbound.Value.Timeout, CancellationToken.None);

    /// <summary>Has time for the receiver's answer.</summary>
    public Task<WebhookTestReport> TestWebhookAsync(WebhookSpec webhook, CancellationToken cancellationToken) => CallAsync(
        () => grains.GetGrain<IWebhookTestGrain>(IWebhookTestGrain.Key).CallAsync(webhook, cancellationToken), outbound.Value.Timeout, cancellationToken);

    public Task<SessionPage> ListAsync(SessionQuery query, CancellationToken cancellationToken) => CallAsync(
        () => grains.GetGrain<ISessionListGrain>(ISessionListGrain.Key).ListAsync(query, cancellationToken), TimeSpan.Zero, cancellationToken);

    /// <summary>Of what the cluster consists, and how it fares.</summary>
    public Task<SystemSnapshot> ReadSystemAsync(CancellationToken cancellationToken) => CallAsync(
        () => grains.GetGrain<ISystemGrain>(ISystemGrain.Key).ReadAsync(cancellationToken), TimeSpan.Zero, cancellationToken);

    /// <summary>The keys of all silos' rings, once they are others than those known, or the turn is over.</summary>
    public Task<ImmutableArray<string>> FollowNewsListAsync(ImmutableArray<string> known, TimeSpan turn, CancellationToken cancellationToken) => CallAsync(
        () => grains.GetGrain<ISiloNewsListGrain>(ISiloNewsListGrain.Key).FollowAsync(known, turn, cancellationToken), turn, cancellationToken);

    /// <summary>What happens to the sessions of one silo, once something does or the turn is over.</summary>
    public Task<NewsPage> ReadNewsAsync(string ring, NewsPlace? after, TimeSpan turn, CancellationToken cancellationToken) =>
        CallAsync(() => grains.Find<ISiloNewsGrain>(ring).ReadAsync(after, turn, cancellationToken), turn, cancellationToken);

    /// <summary>Calls a session, which is expected to take so long before it answers.</summary>
    public Task<T> CallAsync<T>(
        string sessionId, Func<ISessionGrain, Task<T>> call, TimeSpan expected, CancellationToken cancellationToken) =>
        CallAsync(() => call(grains.Find<ISessionGrain>(sessionId)), expected, cancellationToken);

    private TimeSpan Bounded(TimeSpan wait) => wait < options.Value.LongestWait ? wait : options.Value.LongestWait;

    /// <summary>What a silo that just goes turned away is asked again while there is time: each call of a session may be made twice.</summary>
    private Task<T> CallAsync<T>(Func<Task<T>> call, TimeSpan expected, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        return ClusterCall.MakeAsync(
            () => PatientCall.MakeAsync(
                () => call().WaitAsync(Left() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken),
                (error, tries) => error is OrleansMessageRejectionException && Left() > Retries.After(tries), // Nobody has answered.
                Retries,
                time,
                cancellationToken),
            Timeout.InfiniteTimeSpan, // Each try has what is left.
            time,
            "The sessions cannot be reached now: try again soon.",
            cancellationToken);

        TimeSpan Left() => expected + options.Value.CallTimeout - time.GetElapsedTime(began);
    }
}
