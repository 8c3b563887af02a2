using BlueEdge.EngineHost.Channels.Durable;
using BlueEdge.EngineHost.Health;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Placement;
using BlueEdge.Hosting;
using BlueEdge.SiloHosting;
using BlueEdge.Store.Redis.Clustering;
using Microsoft.AspNetCore.Builder;
using Orleans.Dashboard;

namespace BlueEdge.EngineHost;

/// <summary>An engine host of a cluster: engines, and nothing else. Sessions and REST are other processes.</summary>
internal sealed class HostMode : ISiloMode
{
    public HostMode() => ProcessBuilder.LeaveProcessorToOthers();

    public ProcessDescription Process { get; } = new("BlueEdge runs engines; its health is told", "http://127.0.0.1:5082") { Mode = "Host" };

    public void Configure(WebApplicationBuilder builder, ISiloBuilder silo)
    {
        silo.JoinCluster(SiloRole.EngineHost).AddChannels().AddDurableChannels().AddDashboard();
        builder.Services.AddRedisNeed().AddReadiness<EngineReadiness>("engines");
    }

    public void Map(WebApplication app)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
