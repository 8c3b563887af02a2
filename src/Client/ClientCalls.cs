using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Client;

/// <summary>Calls grains of sessions for a caller. Each of the calls may be repeated, so one that failed in passing is.</summary>
internal sealed partial class ClientCalls(IGrainFactory grains, TimeProvider clock, ILogger logger, Caller? caller)
{
    /// <summary>The pause after a first failure.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly Backoff Retries = new(First: Pause, Longest: TimeSpan.FromSeconds(2));

    public TimeProvider Clock => clock;

    /// <param name="sessionId">The session that the grain belongs to.</param>
    /// <param name="key">The grain's key.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the wait and the tries; a call under way ends with it only where the call looks at it too.</param>
    public Task<T> MakeAsync<TGrain, T>(string sessionId, string key, Func<TGrain, Task<T>> call, CancellationToken cancellationToken)
        where TGrain : class, IGrainWithStringKey => PatientCall.MakeAsync(
            () => MakeOnceAsync(key, call).WaitAsync(cancellationToken), (error, _) => IsPassing(error, sessionId), Retries, clock, cancellationToken);

    /// <summary>The same with the session's own grain.</summary>
    public Task<T> MakeAsync<T>(string sessionId, Func<ISessionGrain, Task<T>> call, CancellationToken cancellationToken) =>
        MakeAsync(sessionId, sessionId, call, cancellationToken);

    private async Task<T> MakeOnceAsync<TGrain, T>(string key, Func<TGrain, Task<T>> call)
        where TGrain : class, IGrainWithStringKey
    {
        if (caller is not null)
        {
            CallerContext.Enter(caller);
        }

        return await call(Find<TGrain>(key));
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

    private TGrain Find<TGrain>(string key)
        where TGrain : class, IGrainWithStringKey
    {
        try
        {
            return grains.Find<TGrain>(key);
        }
        catch (ArgumentException none)
        {
            throw new SiloUnavailableException("No silo hosts sessions now, and so Orleans has no reference to give.", none);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A call of session {SessionId} failed; it is tried again")]
    private partial void LogRetry(Exception error, string sessionId);
}
