using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Hosting;

/// <summary>Says where the process can be reached, once it is ready.</summary>
internal sealed partial class ReadyMessage(
    ProcessDescription process, IServer server, HealthCheckService health, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ReadyMessage> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        // Health checks have no event to wait for.
        using var timer = new PeriodicTimer(Period, clock);
        while ((await health.CheckHealthAsync(stoppingToken)).Status == HealthStatus.Unhealthy)
        {
            await timer.WaitForNextTickAsync(stoppingToken);
        }

        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "an address that the server does not tell";
        LogReady(process.Ready, address, string.Concat(process.Pages.Select((page, index) => $"{(index == 0 ? ". " : ", ")}{page.What}: {address}{page.Path}")));
    }

    [LoggerMessage(LogLevel.Information, "{What} at {Address}{Pages}")]
    private partial void LogReady(string what, string address, string pages);
}
