using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting.Connections;

/// <summary>Has the web server take all steps there are, the first outermost: it keeps only the last of what is set for its endpoints.</summary>
internal sealed class ConnectionSteps(IEnumerable<ConnectionStep> steps) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options) => options.ConfigureEndpointDefaults(endpoint =>
    {
        foreach (var step in steps)
        {
            endpoint.Use(step.Around);
        }
    });
}
