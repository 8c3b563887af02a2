using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting.Connections;

/// <summary>Puts steps around the connections to the web server.</summary>
public static class ConnectionStepsHosting
{
    /// <summary>Has something stand around each connection; what was added first is the outermost.</summary>
    /// <param name="services">The services.</param>
    /// <param name="around">Makes it of what it stands around.</param>
    public static IServiceCollection AddConnectionStep(this IServiceCollection services, Func<ConnectionDelegate, ConnectionDelegate> around) =>
        services.AddConnectionStep(_ => new(around));

    internal static IServiceCollection AddConnectionStep(this IServiceCollection services, Func<IServiceProvider, ConnectionStep> make)
    {
        services.AddSingleton(make);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>, ConnectionSteps>());
        return services;
    }
}
