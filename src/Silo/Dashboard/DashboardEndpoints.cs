using System.Net;
using Orleans.Dashboard;

namespace BlueEdge.Silo.Dashboard;

/// <summary>
/// The Orleans dashboard. It has no authentication and shows the state of grains, so it answers only those who come over
/// loopback, whatever the process listens on.
/// </summary>
internal static class DashboardEndpoints
{
    public const string Path = "/dashboard";

    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) && http.Connection.RemoteIpAddress is { } caller && !IPAddress.IsLoopback(caller))
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }

            return next(http);
        });
        app.MapOrleansDashboard(Path);
        return app;
    }
}
