namespace BlueEdge.Silo.Embedded;

/// <summary>
/// Commits the store's log from time to time, for what nobody waits for. A crash takes back no more than what was written
/// since, and as a whole: the log is one.
/// </summary>
internal sealed partial class LogCommitService(CommittedLog log, TimeProvider clock, ILogger<LogCommitService> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await log.ReachAsync();
            }
            catch (Exception error)
            {
                LogFailed(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The embedded store's log could not be committed; what is written from here on may not outlive the process")]
    private partial void LogFailed(Exception error);
}
