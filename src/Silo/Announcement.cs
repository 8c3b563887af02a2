using BlueEdge.Silo.Dashboard;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BlueEdge.Silo;

/// <summary>Says where everything is, once it is there.</summary>
internal static partial class Announcement
{
    public static void AnnounceWhenStarted(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        LogStarted(app.Logger, address, DashboardEndpoints.Path);
    });

    [LoggerMessage(LogLevel.Information, "BlueEdge serves {Address}/api/v1; API reference {Address}/docs, dashboard {Address}{Dashboard}")]
    private static partial void LogStarted(ILogger logger, string address, string dashboard);
}
