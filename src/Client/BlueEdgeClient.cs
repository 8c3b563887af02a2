using System.Runtime.CompilerServices;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Client;

/// <summary>Calls session grains. Each of the calls may be repeated, so one that failed in passing is.</summary>
internal sealed partial class BlueEdgeClient(IGrainFactory grains, TimeProvider clock, ILogger<BlueEdgeClient> logger, Caller? caller = null) : IBlueEdgeClient
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly Backoff Retries = new(First: Pause, Longest: TimeSpan.FromSeconds(2));

    private LongPoll Poll => new(Pause, clock);

    public IBlueEdgeClient OnBehalfOf(Caller caller) => new BlueEdgeClient(grains, clock, logger, caller);

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
            await Task.Delay(Pause, clock, cancellationToken);
        }

        return result.Outcome switch
        {
            SubmitOutcome.Accepted => sessionId,
            SubmitOutcome.Conflict => throw new InvalidSessionException($"Session {sessionId} is there already, with another spec or of another tenant. Take another id.", []),
            _ => throw new InvalidSessionException(Describe(result), result.Faults),
        };
    }

    public Task<SessionSnapshot?> FindAsync(string sessionId, CancellationToken cancellationToken = default) =>
        CallAsync(sessionId, session => session.FindAsync(cancellationToken), cancellationToken);

    public Task<SessionSnapshot?> WaitAsync(string sessionId, CancellationToken cancellationToken = default) => PollAsync(
        sessionId,
        (session, turn) => session.WaitAsync(turn, cancellationToken),
        session => session is null || session.Status.IsTerminal(),
        cancellationToken);

    public async IAsyncEnumerable<SessionResult> ResultsAsync(
        string sessionId, string channel, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (epoch, offset) = (0, 0L);
        ResultBatch? batch;
        do
        {
            batch = await PollAsync(
                sessionId,
                (session, turn) => session.FollowResultsAsync(channel, epoch, offset, turn, cancellationToken),
                read => read is not { IsLast: false, Items.IsEmpty: true },
                cancellationToken);
            (epoch, offset) = (batch?.Epoch ?? epoch, batch?.Offset ?? offset);
            foreach (var payload in batch?.Items ?? [])
            {
                yield return new(epoch, offset++, payload);
            }
        }
        while (batch is { IsLast: false });
    }

    public Task<SessionSnapshot?> StopAsync(string sessionId, CancellationToken cancellationToken = default) =>
        CallAsync(sessionId, session => session.StopAsync(CancellationToken.None), cancellationToken);

    private Task<T> PollAsync<T>(
        string sessionId, Func<ISessionGrain, TimeSpan, Task<T>> ask, Func<T, bool> isAnswer, CancellationToken cancellationToken) => Poll.AskAsync(
            turn => CallAsync(sessionId, session => ask(session, turn), cancellationToken), isAnswer, TimeSpan.MaxValue, _ => false, cancellationToken);

    private Task<T> CallAsync<T>(string sessionId, Func<ISessionGrain, Task<T>> call, CancellationToken cancellationToken) => PatientCall.MakeAsync(
        () => CallOnceAsync(sessionId, call).WaitAsync(cancellationToken), (error, _) => IsPassing(error, sessionId), Retries, clock, cancellationToken);

    private async Task<T> CallOnceAsync<T>(string sessionId, Func<ISessionGrain, Task<T>> call)
    {
        if (caller is not null)
        {
            CallerContext.Enter(caller);
        }

        return await call(Find(sessionId));
    }

    private bool IsPassing(Exception error, string sessionId)
    {
        if (error is not (OrleansException or TimeoutException or StoreUnavailableException))
        {
            return false;
        }

        LogRetry(error, sessionId);
        return true;
    }

    private ISessionGrain Find(string sessionId)
    {
        try
        {
            return grains.Find<ISessionGrain>(sessionId);
        }
        catch (ArgumentException none)
        {
            throw new SiloUnavailableException("No silo hosts sessions now, and so Orleans has no reference to give.", none);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A call of session {SessionId} failed; it is tried again")]
    private partial void LogRetry(Exception error, string sessionId);

    private static string Describe(SubmitResult result) =>
        $"The session has faults: {string.Join(' ', result.Faults.Select(fault => $"{fault.Pointer}: {fault.Message}"))}{(result.FurtherFaults > 0 ? $" And {result.FurtherFaults} more." : "")}";
}
