using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Grains.Storage;
using BlueEdge.Scheduling;
using BlueEdge.Storage;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// How session grains reach the scheduler. Calls that come while others are under way share the next call. What a
/// scheduler that moves refuses is sent again; any other failure is the caller's, who may send again too.
/// </summary>
internal sealed class SchedulerClient
{
    private const int MostTries = 100;
    private static readonly Backoff Retries = Backoff.Steady(TimeSpan.FromMilliseconds(100));

    private readonly ISchedulerControl _scheduler;
    private readonly TimeProvider _clock;
    private readonly CallGatherer<EnlistRequest, LeaseGrant?> _enlisting;
    private readonly CallGatherer<SessionAttempt, bool> _confirming;
    private readonly CallGatherer<LeaseRelease, bool> _releasing;

    public SchedulerClient(IGrainFactory grains, TimeProvider clock)
    {
        _scheduler = grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);
        _clock = clock;
        _enlisting = new(async requests => await SendAsync(() => _scheduler.EnlistAsync([.. requests], CancellationToken.None)));
        _confirming = new(attempts => TellAsync(attempts, () => _scheduler.ConfirmAsync([.. attempts], CancellationToken.None)));
        _releasing = new(releases => TellAsync(releases, () => _scheduler.ReleaseAsync([.. releases], CancellationToken.None)));
    }

    /// <summary>Asks for slots. The answer is the grant, or null where the session waits for it.</summary>
    public Task<LeaseGrant?> EnlistAsync(EnlistRequest request)
    {
        request.ThrowIfInvalid();
        return _enlisting.CallAsync(request);
    }

    public Task WithdrawAsync(string sessionId, int epoch) =>
        TellAsync([epoch], () => _scheduler.WithdrawAsync(sessionId, epoch, CancellationToken.None));

    public Task ConfirmAsync(SessionAttempt attempt) => _confirming.CallAsync(attempt);

    public Task ReleaseAsync(LeaseRelease release) => _releasing.CallAsync(release);

    public Task<QueuePosition?> FindPositionAsync(string sessionId, CancellationToken cancellationToken) =>
        _scheduler.FindPositionAsync(sessionId, cancellationToken);

    private async Task<IReadOnlyList<bool>> TellAsync<T>(List<T> messages, Func<Task> tell) =>
        await SendAsync(async () =>
        {
            await tell();
            return messages.ConvertAll(_ => true).ToImmutableArray();
        });

    private async Task<ImmutableArray<T>> SendAsync<T>(Func<Task<ImmutableArray<T>>> send)
    {
        try
        {
            // The next activation answers.
            return await PatientCall.MakeAsync(
                send, (error, tries) => error is SchedulerFencedException && tries < MostTries, Retries, _clock, CancellationToken.None);
        }
        catch (SchedulerFencedException fenced)
        {
            throw new StoreUnavailableException(fenced.Message, fenced);
        }
    }
}
