using BlueEdge.Grains.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Store.Redis.Clustering;

/// <summary>
/// Has a silo that stood still ask at once whether it still is a member. Else it hears only with a probe that fails, or with
/// Orleans' next look after a minute, that the others have declared it dead, and meanwhile does what it should not.
/// </summary>
internal sealed partial class MembershipCheck(SiloPulse pulse, IClusterMembershipService members, ILogger<MembershipCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        pulse.Tell(Ask);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Ask(TimeSpan stood)
    {
        LogStood(stood);
        _ = AskAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            await members.Refresh();
        }
        catch (Exception error)
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
