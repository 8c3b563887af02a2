using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Sessions.Listing;
using BlueEdge.Sessions.Records;
using BlueEdge.Settings;
using BlueEdge.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Sessions;

/// <summary>Registers sessions on a silo.</summary>
public static class SessionsHosting
{
    /// <summary>
    /// Adds what session grains need. The host provides an <c>IConnectionMultiplexer</c>, and configures
    /// <see cref="SessionOptions"/>, <see cref="SessionLimits"/> and <see cref="ChannelOptions"/>.
    /// </summary>
    public static ISiloBuilder AddSessions(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSettings<SessionOptions>("BlueEdge:Sessions");
        services.AddSettings<SessionLimits>("BlueEdge:Limits");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EngineCatalogCache>();
        services.AddSingleton<SessionLists>();
        services.AddSingleton<SessionStore>();
        services.AddHostedService<ExpiredSessionSweeper>();
        return silo.AddChannels();
    }
}
