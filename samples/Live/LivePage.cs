using Microsoft.Extensions.FileProviders;

namespace BlueEdge.Samples.Live;

/// <summary>Serves the folder <c>wwwroot</c> under <c>/live/</c>.</summary>
internal static class LivePage
{
    private const string Client = "blueedge-client.js";

    /// <summary>Adds the page to a process that serves REST.</summary>
    public static IServiceCollection AddLivePage(this IServiceCollection services) => services.AddTransient<IStartupFilter, Filter>();

    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
        {
            var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
            if (!File.Exists(Path.Combine(folder, Client)))
            {
                throw new BlueEdgeException($"The page's client, {Client}, is missing in {folder}. Build it (npm ci && npm run build in clients/typescript), then build this program again; scripts/demo --live does both.");
            }

            var files = new FileServerOptions { RequestPath = "/live", FileProvider = new PhysicalFileProvider(folder) };
            files.StaticFileOptions.OnPrepareResponse = answer =>
            {
                answer.Context.Response.Headers.CacheControl = "no-cache";
                answer.Context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            };
            return app =>
            {
                app.UseFileServer(files);
                next(app);
            };
        }
    }
}
