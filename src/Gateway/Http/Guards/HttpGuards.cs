using BlueEdge.Settings;

namespace BlueEdge.Gateway.Http.Guards;

/// <summary>Keeps web pages of strangers from a process that a browser on its network can reach.</summary>
internal static class HttpGuards
{
    /// <summary>Guards everything that the process serves.</summary>
    public static IServiceCollection AddHttpGuards(this IServiceCollection services)
    {
        services.AddSharedSettings<HttpGuardOptions>(GatewayOptions.Section);
        services.AddSingleton<AllowedHosts>();
        return services.AddSingleton<IStartupFilter, Filter>();
    }

    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<HostGuard>();
            app.UseMiddleware<CrossSiteGuard>();
            next(app);
        };
    }
}
