using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlueEdge.Silo.Hosting;

/// <summary>Says where the process can be reached, once it takes sessions.</summary>
internal sealed partial class ReadyMessage(
    IServer server, HealthCheckService health, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ReadyMessage> logger)
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
        while ((await health.CheckHealthAsync(stoppingToken)).Status != HealthStatus.Healthy)
        {
            await timer.WaitForNextTickAsync(stoppingToken);
        }

        LogReady(Address, Address, Address);
    }

    private string Address =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "an address that the server does not tell";

    [LoggerMessage(LogLevel.Information, "BlueEdge takes sessions at {Address}. API reference: {Docs}/docs, dashboard: {Dashboard}/dashboard")]
    private partial void LogReady(string address, string docs, string dashboard);
}
