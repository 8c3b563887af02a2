using BlueEdge.Settings;
using Orleans.Dashboard;

namespace BlueEdge.Silo.Dashboard;

/// <summary>The Orleans dashboard.</summary>
internal static class SiloDashboard
{
    private const string Prefix = "/dashboard";

    public static ISiloBuilder AddSiloDashboard(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<DashboardAccessOptions>("BlueEdge:Dashboard");
        silo.Services.AddSingleton<DashboardAccess>();
        return silo.AddDashboard();
    }

    public static void MapSiloDashboard(this IEndpointRouteBuilder routes)
    {
        var access = routes.ServiceProvider.GetRequiredService<DashboardAccess>();
        routes.MapOrleansDashboard(Prefix).ExcludeFromDescription().AddEndpointFilter(access);
    }
}
