namespace BlueEdge.Scheduling;

/// <summary>How session grains reach the scheduler.</summary>
internal sealed class SchedulerClient(IGrainFactory grains)
{
    private readonly ISchedulerControl _scheduler = grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);

    public async Task<LeaseGrant?> EnlistAsync(EnlistRequest request) =>
        (await _scheduler.EnlistAsync([request], CancellationToken.None))[0];

    public Task WithdrawAsync(string sessionId, int epoch) => _scheduler.WithdrawAsync(sessionId, epoch, CancellationToken.None);

    public Task ConfirmAsync(SessionAttempt attempt) => _scheduler.ConfirmAsync([attempt], CancellationToken.None);

    public Task ReleaseAsync(LeaseRelease release) => _scheduler.ReleaseAsync([release], CancellationToken.None);

    public Task<QueuePosition?> FindPositionAsync(string sessionId, CancellationToken cancellationToken) =>
        _scheduler.FindPositionAsync(sessionId, cancellationToken);
}
