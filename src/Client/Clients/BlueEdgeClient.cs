using System.Runtime.CompilerServices;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Clients;

/// <summary>Calls session grains. Each of the calls may be repeated, so one that failed in passing is.</summary>
internal sealed partial class BlueEdgeClient(IGrainFactory grains, TimeProvider clock, ILogger<BlueEdgeClient> logger) : IBlueEdgeClient
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(2);

    public async Task<string> SubmitAsync(SessionSpec spec, string? sessionId = null, CancellationToken cancellationToken = default)
    {
        sessionId ??= SessionIds.Create();
        if (!SessionIds.IsValid(sessionId))
        {
            throw new ArgumentException($"'{sessionId}' is no session id: it wants 32 hexadecimal digits. SessionIds.Create makes one.", nameof(sessionId));
        }

        SubmitResult result;
        while ((result = await CallAsync(sessionId, session => session.SubmitAsync(spec, null, CancellationToken.None), cancellationToken)).Outcome is SubmitOutcome.Expiring)
        {
            await Task.Delay(RetryDelay, clock, cancellationToken);
        }

        return result.Outcome switch
        {
            SubmitOutcome.Accepted => sessionId,
            SubmitOutcome.Conflict => throw new InvalidSessionException($"Session {sessionId} is there already, with another spec. Take another id.", []),
            _ => throw new InvalidSessionException(Describe(result), result.Faults),
        };
    }

    public Task<SessionSnapshot?> FindAsync(string sessionId, CancellationToken cancellationToken = default) =>
        CallAsync(sessionId, session => session.FindAsync(cancellationToken), cancellationToken);

    public async Task<SessionSnapshot?> WaitAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            SessionSnapshot? session;
            var asked = clock.GetTimestamp();
            session = await CallAsync(sessionId, grain => grain.WaitAsync(LongestWait, cancellationToken), cancellationToken);
            if (session is null || session.Status.IsTerminal())
            {
                return session;
            }

            await PauseAfterAsync(asked, cancellationToken);
        }
    }

    public async IAsyncEnumerable<SessionResult> ResultsAsync(
        string sessionId, string channel, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (epoch, offset) = (0, 0L);
        ResultBatch? batch;
        do
        {
            var asked = clock.GetTimestamp();
            batch = await CallAsync(
                sessionId, session => session.FollowResultsAsync(channel, epoch, offset, LongestWait, cancellationToken), cancellationToken);
            (epoch, offset) = (batch?.Epoch ?? epoch, batch?.Offset ?? offset);
            foreach (var payload in batch?.Items ?? [])
            {
                yield return new(epoch, offset++, payload);
            }

            if (batch is { IsLast: false, Items.IsEmpty: true })
            {
                await PauseAfterAsync(asked, cancellationToken);
            }
        }
        while (batch is { IsLast: false });
    }

    public Task<SessionSnapshot?> StopAsync(string sessionId, CancellationToken cancellationToken = default) =>
        CallAsync(sessionId, session => session.StopAsync(CancellationToken.None), cancellationToken);

    /// <summary>A wait that brought nothing and was short was ended by a silo that stops: the session lives elsewhere in a moment.</summary>
    private Task PauseAfterAsync(long asked, CancellationToken cancellationToken) =>
        clock.GetElapsedTime(asked) < LongestWait ? Task.Delay(RetryDelay, clock, cancellationToken) : Task.CompletedTask;

    private async Task<T> CallAsync<T>(string sessionId, Func<ISessionGrain, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var delay = RetryDelay; ; delay = delay * 2 < LongestRetryDelay ? delay * 2 : LongestRetryDelay)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (Find(sessionId) is { } session)
                {
                    return await call(session).WaitAsync(cancellationToken);
                }
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or StoreUnavailableException)
            {
                LogRetry(error, sessionId);
            }

            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    /// <summary>The session's grain, or <see langword="null"/> while no silo hosts sessions: Orleans has no reference to give then.</summary>
    private ISessionGrain? Find(string sessionId)
    {
        try
        {
            return grains.GetGrain<ISessionGrain>(sessionId);
        }
        catch (ArgumentException error)
        {
            LogRetry(error, sessionId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A call of session {SessionId} failed; it is tried again")]
    private partial void LogRetry(Exception error, string sessionId);

    private static string Describe(SubmitResult result) =>
        $"The session has faults: {string.Join(' ', result.Faults.Select(fault => $"{fault.Pointer}: {fault.Message}"))}{(result.FurtherFaults > 0 ? $" And {result.FurtherFaults} more." : "")}";
}
