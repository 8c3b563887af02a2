namespace BlueEdge.Silo.Embedded;

/// <summary>Has checkpoints of the store taken when they are due.</summary>
internal sealed partial class StoreCheckpointService(StoreCheckpoints checkpoints, TimeProvider clock, ILogger<StoreCheckpointService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await checkpoints.TakeIfDueAsync() is { } log)
                {
                    LogBegun(log);
                }
            }
            catch (Exception error)
            {
                LogFailed(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "A checkpoint of the embedded store was begun, for its log had {Bytes} bytes")]
    private partial void LogBegun(long bytes);

    [LoggerMessage(LogLevel.Warning, "A checkpoint of the embedded store could not be taken; it is tried again, and the log grows until then")]
    private partial void LogFailed(Exception error);
}
