using BlueEdge.Calls;
using BlueEdge.EngineHost.Engines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.EngineHost.Scaling;

/// <summary>
/// Has Kubernetes know what the end of this pod would cost: as many sub-sessions as run in it. So where there are to be fewer pods
/// those go that do nothing.
/// </summary>
/// <remarks>Work never waits for it, nor fails by it: a host whose cost is not known drains like any other.</remarks>
internal sealed partial class PodDeletionCost(
    EngineRuns runs, Func<PodIdentity?> find, IOptions<EngineHostOptions> options, TimeProvider clock, ILogger<PodDeletionCost> logger) : BackgroundService
{
    /// <summary>Between two words to Kubernetes, which stores and tells each to all who watch.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>How long less has to run before the cost goes down: short sessions come and go.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly Backoff Retries = new(First: TimeSpan.FromSeconds(1), Longest: TimeSpan.FromMinutes(1));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.PodDeletionCost)
        {
            return;
        }

        if (find() is not { } pod)
        {
            LogNoPod();
            return;
        }

        try
        {
            using PodPatch patch = new(pod);
            await FollowAsync(patch, stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // The account's certificate cannot be read: that does not mend itself.
            LogGivenUp(error.Message);
        }
    }

    private async Task FollowAsync(PodPatch patch, CancellationToken stoppingToken)
    {
        // What a container before this one in the same pod said is not known.
        int? told = null;
        while (true)
        {
            // First of all, so that no change is missed.
            var changed = runs.Changed;
            var cost = runs.Count;
            if (cost == told)
            {
                await changed.WaitAsync(stoppingToken);
                continue;
            }

            cost = cost < told ? await SettleAsync(cost, told.Value, stoppingToken) : cost;
            if (cost != told)
            {
                await TellAsync(patch, cost, stoppingToken);
                told = cost;
                await Task.Delay(Rest, clock, stoppingToken);
            }
        }
    }

    /// <summary>The most that runs within a while, which ends early where that is no less than was told.</summary>
    private async Task<int> SettleAsync(int cost, int told, CancellationToken stoppingToken)
    {
        var end = Task.Delay(Settling, clock, stoppingToken);
        while (cost < told && !end.IsCompleted)
        {
            var changed = runs.Changed;
            cost = Math.Max(cost, runs.Count);
            await Task.WhenAny(changed, end);
        }

        await (end.IsCompleted ? end : Task.CompletedTask);
        return Math.Max(cost, runs.Count);
    }

    /// <summary>Tells it until it is heard.</summary>
    private Task TellAsync(PodPatch patch, int cost, CancellationToken stoppingToken) => PatientCall.MakeAsync(
        () => patch.SetCostAsync(cost, stoppingToken),
        (error, tries) =>
        {
            if (tries == 1 && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(error.Message);
            }

            return !stoppingToken.IsCancellationRequested;
        },
        Retries,
        clock,
        stoppingToken);

    [LoggerMessage(LogLevel.Warning, "BlueEdge:EngineHost:PodDeletionCost is set, but this process is in no pod that may speak to Kubernetes: it wants POD_NAME and a service account's token")]
    private partial void LogNoPod();

    [LoggerMessage(LogLevel.Warning, "Kubernetes cannot be told what the end of this pod would cost, which is tried until it can: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(LogLevel.Warning, "Kubernetes cannot be told what the end of this pod would cost: {Reason}")]
    private partial void LogGivenUp(string reason);
}
