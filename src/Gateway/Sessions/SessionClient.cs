using System.Collections.Immutable;
using BlueEdge.DeadLetters;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Calls session grains, and gives up with <see cref="UnavailableException"/> where they do not answer in time.</summary>
internal sealed class SessionClient(IGrainFactory grains, CallBudgets budgets, IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>What a store takes in at least, on a machine that is busy: large submissions have that much longer.</summary>
    private const double BytesASecond = 4_000_000;

    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(20);

    /// <summary>Well below the time within which a cluster that is away has to be told of.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(500);

    /// <summary>A session whose retention is over is gone in a moment.</summary>
    private static readonly TimeSpan ExpiryPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>A silo that died is known to be dead, and its grains live elsewhere, after a second or two.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Submits, and waits for the end a little where the caller waits: most sessions that are waited for are short. Without the
    /// caller's token, for once it is on its way, a caller that hangs up changes nothing.
    /// </summary>
    public async Task<SubmitResult> SubmitAsync(string sessionId, SessionSpec spec, string? fingerprint, int bytes)
    {
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

        try
        {
            return await WaitAsync(session, atMost, cancellationToken);
        }
        finally
        {
            budgets.EndWait();
        }
    }

    private async Task<SessionSnapshot?> WaitAsync(SessionSnapshot session, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var bound = atMost < options.Value.LongestWait ? atMost : options.Value.LongestWait;
        while (!session.Status.IsTerminal() && bound - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            var turn = left < LongestTurn ? left : LongestTurn;
            var asked = time.GetTimestamp();
            try
            {
                if (await CallAsync(session.SessionId, grain => grain.WaitAsync(turn, cancellationToken), turn, cancellationToken) is not { } next)
                {
                    return null;
                }

                session = next;
            }
            catch (UnavailableException)
            {
                // It is asked again.
            }

            if (!session.Status.IsTerminal() && time.GetElapsedTime(asked) < turn)
            {
                // The silo stops, or is gone: the session lives elsewhere in a moment.
                await Task.Delay(left < Pause ? left : Pause, time, cancellationToken);
            }
        }

        return session;
    }

    /// <summary>Reads events after a number, and waits for the next where there is none yet; a cluster that is away for a while costs but the time.</summary>
    /// <returns><see langword="null"/> where there is no such session.</returns>
    public async Task<SessionEventPage?> FollowEventsAsync(string sessionId, long after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var waits = atMost > TimeSpan.Zero && budgets.TryBeginWait();
        try
        {
            var bound = !waits ? TimeSpan.Zero : atMost < options.Value.LongestWait ? atMost : options.Value.LongestWait;
            for (var began = time.GetTimestamp(); ; await Task.Delay(Pause, time, cancellationToken))
            {
                var left = bound - time.GetElapsedTime(began);
                var turn = left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestTurn ? left : LongestTurn;
                try
                {
                    var page = await CallAsync(sessionId, grain => grain.FollowEventsAsync(after, turn, cancellationToken), turn, cancellationToken);
                    if (page is not { Events.IsEmpty: true, IsLast: false } || time.GetElapsedTime(began) + Pause > bound)
                    {
                        return page;
                    }
                }
                catch (UnavailableException) when (time.GetElapsedTime(began) + Pause < bound)
                {
                    // It is asked again.
                }
            }
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

    public Task<SessionPage> ListAsync(SessionQuery query, CancellationToken cancellationToken) => CallAsync(
        () => grains.GetGrain<ISessionListGrain>(ISessionListGrain.Key).ListAsync(query, cancellationToken), TimeSpan.Zero, cancellationToken);

    private Task<T> CallAsync<T>(
        string sessionId, Func<ISessionGrain, Task<T>> call, TimeSpan expected, CancellationToken cancellationToken) =>
        CallAsync(() => call(grains.Find<ISessionGrain>(sessionId)), expected, cancellationToken);

    /// <summary>What a silo that just goes turned away is asked again while there is time: each call of a session may be made twice.</summary>
    private async Task<T> CallAsync<T>(Func<Task<T>> call, TimeSpan expected, CancellationToken cancellationToken)
    {
        var bound = expected + options.Value.CallTimeout;
        for (var began = time.GetTimestamp(); ; await Task.Delay(RetryPause, time, cancellationToken))
        {
            var left = bound - time.GetElapsedTime(began);
            try
            {
                return await call().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (OrleansMessageRejectionException) when (left > RetryPause)
            {
                // Nobody has answered.
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested
                && (exception is ArgumentException || Unavailability.Explains(exception)))
            {
                // ArgumentException is what Orleans says while no silo that hosts sessions is up.
                throw new UnavailableException(Unavailability.ReasonOf(exception) ?? "The sessions cannot be reached now: try again soon.", exception)
                {
                    WasSent = exception is not ArgumentException,
                };
            }
        }
    }
}
