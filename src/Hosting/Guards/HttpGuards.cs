using BlueEdge.Hosting.Connections;
using BlueEdge.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Hosting.Guards;

/// <summary>Keeps web pages of strangers from a process that a browser on its network can reach.</summary>
public static class HttpGuards
{
    /// <summary>Guards everything that the process serves.</summary>
    /// <param name="services">The services.</param>
    /// <param name="refusal">How it says no; as problem details unless given.</param>
    public static IServiceCollection AddHttpGuards(this IServiceCollection services, Refusal? refusal = null)
    {
        services.AddSharedSettings<HttpGuardOptions>(HttpServerOptions.Section);
        services.AddSingleton<AllowedHosts>();
        services.AddSingleton(refusal ?? RefuseAsync);
        return services.AddSingleton<IStartupFilter, Filter>();
    }

    private static Task RefuseAsync(HttpContext http, int statusCode, string message) =>
        TypedResults.Problem(message, statusCode: statusCode).ExecuteAsync(http);

    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<BrowserHeaders>();
            app.UseMiddleware<HostGuard>();
            app.UseMiddleware<CrossSiteGuard>();
            next(app);
        };
    }
}
