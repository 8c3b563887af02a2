using Orleans.Dashboard;

namespace BlueEdge.Silo.Dashboard;

/// <summary>The Orleans dashboard.</summary>
internal static class SiloDashboard
{
    private const string Prefix = "/dashboard";

    /// <summary>Adds it, unless <c>BlueEdge:Dashboard:Enabled</c> is false: it counts every grain call, which costs a tenth of the processor time.</summary>
    public static ISiloBuilder AddSiloDashboard(this ISiloBuilder silo)
    {
        if (!silo.Configuration.GetValue("BlueEdge:Dashboard:Enabled", defaultValue: true))
        {
            return silo;
        }

        silo.Services.AddOptions<DashboardAccessOptions>().BindConfiguration("BlueEdge:Dashboard").ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddSingleton<DashboardAccess>();
        return silo.AddDashboard();
    }

    /// <summary>Maps its pages, unless it is switched off.</summary>
    public static void MapSiloDashboard(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<DashboardAccess>() is { } access)
        {
            routes.MapOrleansDashboard(Prefix).ExcludeFromDescription().AddEndpointFilter(access);
        }
    }
}
