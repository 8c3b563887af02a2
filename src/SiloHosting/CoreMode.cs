using BlueEdge.Grains.Operations;
using BlueEdge.Grains.Placement;
using BlueEdge.Hosting;
using BlueEdge.Hosting.Guards;
using BlueEdge.Operations;
using BlueEdge.SiloHosting.Dashboard;
using BlueEdge.Store.Redis.Clustering;
using BlueEdge.Store.Redis.Storage;
using Microsoft.AspNetCore.Builder;

namespace BlueEdge.SiloHosting;

/// <summary>A core silo of a cluster: sessions, scheduling, dashboard. Engines and REST are other processes.</summary>
public sealed class CoreMode : ISiloMode
{
    /// <summary>Has the process leave processors to others; to be made before its threads are.</summary>
    public CoreMode() => ProcessBuilder.LeaveProcessorToOthers();

    /// <inheritdoc/>
    public ProcessDescription Process { get; } = new("A core silo of BlueEdge is up", "http://127.0.0.1:5081", ("dashboard", "/dashboard")) { Mode = "Cluster" };

    /// <inheritdoc/>
    public void Configure(WebApplicationBuilder builder, ISiloBuilder silo)
    {
        // Whoever calls an engine instance first finds out where it lives.
        silo.JoinCluster(SiloRole.Core).TellOthers(SiloModeNames.Core).AddEnginePlacement().AddCore();
        builder.Services.AddHttpGuards();
        builder.Services.AddRedisNeed();
        builder.Services.AddRedisKeyRing();
    }

    /// <inheritdoc/>
    public void Map(WebApplication app) => app.MapSiloDashboard();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
