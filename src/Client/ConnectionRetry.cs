using Microsoft.Extensions.Logging;

namespace BlueEdge.Client;

/// <summary>Has a client that starts try until the cluster is there.</summary>
internal sealed partial class ConnectionRetry(TimeProvider clock, ILogger<ConnectionRetry> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);
    private bool _told;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_told)
        {
            _told = true;
            LogWaiting(exception.GetBaseException().Message);
        }

        await Task.Delay(Delay, clock, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "The cluster cannot be reached yet, which is tried until it is: {Reason}")]
    private partial void LogWaiting(string reason);
}
