using BlueEdge.Channels;
using BlueEdge.Grains.Auditing;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Storage;
using BlueEdge.Grains.Validation;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Settings;
using BlueEdge.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Grains.Sessions;

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
        services.AddSettings<AuditOptions>(AuditOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EngineCatalogCache>();
        services.TryAddSingleton<SiloPulse>();
        services.AddSingleton<SiloStopping>();
        services.AddSingleton<SessionMetrics>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SiloStopping>());
        services.AddHostedService<ExpiredSessionSweeper>();
        services.AddSettings<UploadOptions>("BlueEdge:Blobs");
        services.AddSingleton<SentPayloads>();
        services.AddSingleton<SubmissionCheck>();
        services.AddSingleton<SessionEventSinks>();
        services.AddSingleton<SiloNews>();
        services.AddHostedService<ExpiredUploadSweeper>();
        return silo.AddChannels().AddWebhooks().AddGrainErrors();
    }
}
