using BlueEdge.Clustering;
using BlueEdge.Engines;
using BlueEdge.Gateway.Http.Guards;
using BlueEdge.Hosting;
using BlueEdge.Placement;
using BlueEdge.Silo.Hosting;

namespace BlueEdge.Silo.Clustered;

/// <summary>A core silo of a cluster: sessions, scheduling, dashboard. Engines and REST are other processes.</summary>
internal sealed class ClusterMode : ISiloMode
{
    public ClusterMode() => ProcessBuilder.LeaveProcessorToOthers();

    public ProcessDescription Process { get; } = new("A core silo of BlueEdge is up", "http://127.0.0.1:5081", ("dashboard", "/dashboard"));

    public void Configure(WebApplicationBuilder builder, ISiloBuilder silo)
    {
        silo.JoinCluster(takesClients: true, IsHosted);

        // Whoever calls an engine instance first finds out where it lives.
        silo.AddEnginePlacement();
        builder.Services.AddHttpGuards();
        builder.Services.AddRedisNeed();
    }

    public void Map(WebApplication app)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The program has code of engines too, for the embedded mode.</summary>
    private static bool IsHosted(Type grain) => !typeof(IEngineGrain).IsAssignableFrom(grain) && grain.Assembly != typeof(EngineHosting).Assembly;
}
