using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Clustering;

/// <summary>
/// Has a process that stood still ask at once whether it still is a member. Else it hears only with a probe that fails, or with
/// Orleans' next look after a minute, that the others have declared it dead, and meanwhile does what it should not.
/// </summary>
internal sealed partial class StandStill(IClusterMembershipService members, TimeProvider clock, ILogger<StandStill> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        for (var beat = clock.GetTimestamp(); await timer.WaitForNextTickAsync(stoppingToken); beat = clock.GetTimestamp())
        {
            if (clock.GetElapsedTime(beat) is var stood && stood > Longest)
            {
                await AskAsync(stood, stoppingToken);
            }
        }
    }

    private async Task AskAsync(TimeSpan stood, CancellationToken stoppingToken)
    {
        LogStood(stood);
        try
        {
            await members.Refresh(cancellationToken: stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // Orleans asks again, as it does while Redis is away.
            LogFailed(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "This process stood still for {Stood}; it looks whether the others took it for dead")]
    private partial void LogStood(TimeSpan stood);

    [LoggerMessage(LogLevel.Warning, "It cannot be seen now whether the others took it for dead: {Reason}")]
    private partial void LogFailed(string reason);
}
