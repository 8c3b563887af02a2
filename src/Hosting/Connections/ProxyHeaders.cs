using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Hosting.Connections;

/// <summary>
/// Believes a proxy in front what it says of scheme and caller, where <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> is true: the setting of
/// ASP.NET's own, which its slim builder leaves to whoever uses it.
/// </summary>
internal static class ProxyHeaders
{
    private const string Enabled = "FORWARDEDHEADERS_ENABLED";

    public static void AddProxyHeaders(this WebApplicationBuilder builder)
    {
        if (!string.Equals(builder.Configuration[Enabled], "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // The proxy's address is seldom known beforehand, and whoever sets this says that all calls come through it.
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
        });
        builder.Services.AddSingleton<IStartupFilter, Filter>();
    }

    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseForwardedHeaders();
            next(app);
        };
    }
}
