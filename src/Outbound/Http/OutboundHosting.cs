using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Outbound.Http;

/// <summary>Registers the client for addresses that callers name.</summary>
public static class OutboundHosting
{
    /// <summary>Adds <see cref="OutboundClient"/>, one for the whole process.</summary>
    public static IServiceCollection AddOutboundClient(this IServiceCollection services)
    {
        services.AddOutboundRules();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<INameResolver, SystemNameResolver>();
        services.TryAddSingleton<GuardedConnector>();
        services.TryAddSingleton<OutboundMetrics>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<OutboundClient>(
            provider, OutboundHandler.Create(provider.GetRequiredService<GuardedConnector>(), provider.GetRequiredService<IOptions<OutboundOptions>>())));
        return services;
    }
}
