using BlueEdge.Calls;
using BlueEdge.Gateway.Http;

namespace BlueEdge.Gateway.Auth;

/// <summary>Has the gateway hear of each change of the keys, and tells which were used.</summary>
internal sealed partial class KeyFollower(KeyRing keys, TimeProvider time, ILogger<KeyFollower> logger) : BackgroundService
{
    /// <summary>How long one call waits: also how long uses wait to be told.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    /// <summary>Whoever ends the wait early, a silo that goes or the store's trouble, has more for us in a moment.</summary>
    private static readonly Backoff Pause = Backoff.Steady(TimeSpan.FromMilliseconds(250));

    private bool _isAway;
    private bool _saidEmpty;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await keys.FollowAsync(Turn, stoppingToken);
                await keys.TellUsesAsync(stoppingToken);
                _isAway = false;
                if (keys.IsEmpty && !_saidEmpty)
                {
                    _saidEmpty = true;
                    LogEmpty();
                }
            }
            catch (UnavailableException error)
            {
                if (!_isAway)
                {
                    _isAway = true;
                    LogAway(error.Message);
                }
            }

            await Pause.PauseAsync(1, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "There is no API key, and nobody can call: set BlueEdge:Auth:BootstrapKey to make one (docs/security.md)")]
    private partial void LogEmpty();

    [LoggerMessage(LogLevel.Information, "The cluster does not tell its API keys; it is asked again. {Said}")]
    private partial void LogAway(string said);
}
