using BlueEdge.Hosting.Guards;
using BlueEdge.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;

namespace BlueEdge.SiloHosting.Dashboard;

/// <summary>The Orleans dashboard.</summary>
public static class SiloDashboard
{
    private const string Prefix = "/dashboard";

    /// <summary>Adds the dashboard, and who may see it.</summary>
    public static ISiloBuilder AddSiloDashboard(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<DashboardAccessOptions>("BlueEdge:Dashboard");
        silo.Services.AddSingleton<DashboardAccess>();
        return silo.AddDashboard();
    }

    /// <summary>The dashboard's endpoints are made for the first who asks: its pages cost 50 MB of memory.</summary>
    public static void MapSiloDashboard(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var dashboard = new Lazy<RequestDelegate>(() => Build(services));
        Delegate handler = Task (HttpContext context) =>
        {
            context.SetEndpoint(null);
            return dashboard.Value(context);
        };
        var page = routes.MapMethods(Prefix + "/{**path}", [HttpMethods.Get, HttpMethods.Head], handler)
            .ExcludeFromDescription()
            .AddEndpointFilter(services.GetRequiredService<DashboardAccess>());
        services.GetService<PageGuard>()?.Invoke(page, isDashboard: true);
    }

    private static RequestDelegate Build(IServiceProvider services) =>
        new ApplicationBuilder(services)
            .UseRouting()
            .UseEndpoints(routes => routes.MapOrleansDashboard(Prefix).ExcludeFromDescription())
            .Build();
}
