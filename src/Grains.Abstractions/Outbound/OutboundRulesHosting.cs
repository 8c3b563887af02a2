using BlueEdge.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Outbound;

/// <summary>Registers the rules for addresses that callers name.</summary>
public static class OutboundRulesHosting
{
    /// <summary>Adds <see cref="OutboundRules"/> as the settings have them.</summary>
    public static IServiceCollection AddOutboundRules(this IServiceCollection services)
    {
        services.AddSettings<OutboundOptions>(OutboundOptions.Section);
        services.TryAddSingleton(provider => new OutboundRules(provider.GetRequiredService<IOptions<OutboundOptions>>().Value));
        return services;
    }
}
