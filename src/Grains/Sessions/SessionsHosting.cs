using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Sessions.Events;
using BlueEdge.Settings;
using BlueEdge.Storage;
using BlueEdge.Validation;
using BlueEdge.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Sessions;

/// <summary>Registers sessions on a silo.</summary>
public static class SessionsHosting
{
    /// <summary>
    /// Adds what session grains need. The host provides the stores, and configures
    /// <see cref="SessionOptions"/>, <see cref="SessionLimits"/> and <see cref="ChannelOptions"/>.
    /// </summary>
    public static ISiloBuilder AddSessions(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSettings<SessionOptions>("BlueEdge:Sessions");
        services.AddSettings<SessionLimits>("BlueEdge:Limits");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EngineCatalogCache>();
        services.TryAddSingleton<SiloPulse>();
        services.AddSingleton<SiloStopping>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SiloStopping>());
        services.AddHostedService<ExpiredSessionSweeper>();
        services.AddSettings<UploadOptions>("BlueEdge:Blobs");
        services.AddSingleton<StartBlobs>();
        services.AddSingleton<SubmissionCheck>();
        services.AddSingleton<SessionEventSinks>();
        services.AddHostedService<ExpiredUploadSweeper>();
        return silo.AddChannels().AddWebhooks().AddGrainErrors();
    }
}
