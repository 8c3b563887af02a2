using BlueEdge.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting.Connections;

/// <summary>Has the web server bound what callers take.</summary>
internal static class HttpServerSetup
{
    public static void AddHttpServerLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSharedSettings<HttpServerOptions>(HttpServerOptions.Section);
        builder.Services.AddSingleton<ConnectionLimit>();
        builder.Services.AddSingleton<SlowReaders>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<HttpServerOptions>>((kestrel, options) =>
        {
            var (limits, http) = (kestrel.Limits, options.Value);
            limits.KeepAliveTimeout = http.KeepAliveTimeout;
            limits.RequestHeadersTimeout = http.HeadersTimeout;
            limits.MaxRequestHeadersTotalSize = http.HeaderBytes;
            limits.MinRequestBodyDataRate = limits.MinResponseDataRate = new(http.MinRate, http.RateGrace);

            // Whoever serves them bounds them, and all connections are bounded together.
            limits.MaxConcurrentUpgradedConnections = null;
        });
        builder.Services.AddConnectionStep(services =>
        {
            var limit = services.GetRequiredService<ConnectionLimit>();
            return new ConnectionStep(next => connection => limit.RunAsync(connection, next));
        });
        builder.Services.AddConnectionStep(services =>
        {
            var slow = services.GetRequiredService<SlowReaders>();
            return new ConnectionStep(next => connection => slow.RunAsync(connection, next));
        });
    }
}
