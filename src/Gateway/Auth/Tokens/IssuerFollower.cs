using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>Has the gateway know the issuer's keys from the start, and hear when one is withdrawn.</summary>
internal sealed class IssuerFollower(IssuerKeys keys, IOptions<OidcOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isTold = await keys.RefreshAsync(stoppingToken);
            await Task.Delay(isTold ? options.Value.RefreshInterval : PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
