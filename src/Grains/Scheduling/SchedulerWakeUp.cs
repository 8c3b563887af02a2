using BlueEdge.Calls;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// Wakes the scheduler when this silo has started and when another has died, which may have had the scheduler: so what a
/// crash put to sleep goes on without any caller.
/// </summary>
internal sealed partial class SchedulerWakeUp(
    IGrainFactory grains,
    IClusterMembershipService membership,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<SchedulerWakeUp> logger) : BackgroundService
{
    private static readonly Backoff Retries = Backoff.Steady(TimeSpan.FromSeconds(1));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await WakeAsync(stoppingToken);
        var silos = new SiloWatch(membership);
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            if (silos.SawDeath(snapshot))
            {
                await WakeAsync(stoppingToken);
            }
        }
    }

    private async Task WakeAsync(CancellationToken stoppingToken) => await PatientCall.MakeAsync(
        () => grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain).GetEnginesAsync(stoppingToken),
        (error, _) =>
        {
            // Orleans cancels calls of its own accord too, where a silo dies: that is no reason to end, and the process with it.
            if (stoppingToken.IsCancellationRequested)
            {
                return false;
            }

            LogFailed(error);
            return true;
        },
        Retries,
        clock,
        stoppingToken);

    [LoggerMessage(LogLevel.Warning, "The scheduler could not be woken; it is tried again")]
    private partial void LogFailed(Exception error);
}
