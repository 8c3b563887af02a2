namespace BlueEdge.Gateway.Auditing;

/// <summary>Has the audit written once a second, and at the end.</summary>
internal sealed partial class AuditWriter(AuditTrail trail, TimeProvider time, ILogger<AuditWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private bool _isAway;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FlushAsync(stoppingToken);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await trail.FlushAsync(cancellationToken);
            _isAway = false;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // At the loop's edge: what could not be stored is tried again, and is in the log.
            if (!_isAway)
            {
                _isAway = true;
                LogAway(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The audit cannot be stored; it is in the log, and is tried again")]
    private partial void LogAway(Exception error);
}
