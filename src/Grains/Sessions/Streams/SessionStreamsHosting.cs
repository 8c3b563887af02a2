using BlueEdge.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Sessions.Streams;

/// <summary>Has a silo write what happens to its sessions to their stream.</summary>
public static class SessionStreamsHosting
{
    /// <summary>Adds what writes it; the host provides the <see cref="SessionStreamOutlet"/>.</summary>
    public static IServiceCollection AddSessionStreamWriter(this IServiceCollection services)
    {
        services.AddSettings<SessionStreamOptions>(SessionStreamOptions.Section);
        services.AddSingleton<SessionStreamMetrics>();
        services.AddSingleton(provider => new SessionStreamBuffer(
            provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(),
            provider.GetRequiredService<IOptions<SessionStreamOptions>>().Value.BufferBytes,
            provider.GetRequiredService<SessionStreamMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddHostedService<SessionStreamWriter>();
    }
}
