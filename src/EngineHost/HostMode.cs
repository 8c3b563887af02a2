using BlueEdge.EngineHost.Channels.Durable;
using BlueEdge.EngineHost.Health;
using BlueEdge.EngineHost.Scaling;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Operations;
using BlueEdge.Grains.Placement;
using BlueEdge.Hosting;
using BlueEdge.Operations;
using BlueEdge.SiloHosting;
using BlueEdge.Store.Redis.Clustering;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;

namespace BlueEdge.EngineHost;

/// <summary>An engine host of a cluster: engines, and nothing else. Sessions and REST are other processes.</summary>
public sealed class HostMode : ISiloMode
{
    /// <summary>Has the process leave processors to others; to be made before its threads are.</summary>
    public HostMode() => ProcessBuilder.LeaveProcessorToOthers();

    /// <inheritdoc/>
    public ProcessDescription Process { get; } = new("BlueEdge runs engines; its health is told", "http://127.0.0.1:5082") { Mode = "Host" };

    /// <inheritdoc/>
    public void Configure(WebApplicationBuilder builder, ISiloBuilder silo)
    {
        silo.JoinCluster(SiloRole.EngineHost)
            .TellOthers(SiloModeNames.EngineHost, DurableChannelsHosting.TransportOf(builder.Configuration).ToString().ToLowerInvariant())
            .AddChannels().AddDurableChannels().AddDashboard();
        builder.Services.AddRedisNeed().AddEngineReadiness();
        builder.Services.AddSingleton<Func<PodIdentity?>>(() => PodIdentity.Find(Environment.GetEnvironmentVariable)).AddHostedService<PodDeletionCost>();
    }

    /// <inheritdoc/>
    public void Map(WebApplication app)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
