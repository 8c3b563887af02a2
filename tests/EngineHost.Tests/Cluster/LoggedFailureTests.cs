using BlueEdge.EngineHost.Engines;
using BlueEdge.Grains.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>The session gets a message; whoever runs the engine finds the rest in the log.</summary>
public sealed class LoggedFailureTests(EngineCluster cluster)
{
    private readonly RecordingLogger<EngineInstance> _logger = new();

    [Fact]
    public async Task What_an_engine_threw_is_logged_with_engine_and_node()
    {
        var start = Starts.Of(cluster, new() { Start = (_, _) => throw new InvalidDataException("torn page") }, TimeSpan.Zero);

        await Instance<DirectedEngine>().StartAsync(start).OrFail("the start");
        await cluster.Reports.NextAsync(start.Key);

        var (level, message, error) = Assert.Single(_logger.Entries);
        Assert.Equal((LogLevel.Warning, $"Engine directed threw in {start.Key}"), (level, message));
        Assert.IsType<InvalidDataException>(error);
    }

    [Fact]
    public async Task Why_an_engine_could_not_be_made_is_logged()
    {
        var start = Starts.Of(cluster, null, TimeSpan.Zero) with { Inputs = [] };

        await Instance<BrokenEngine>().StartAsync(start).OrFail("the start");

        Assert.Contains(_logger.Entries, entry => entry.Error?.GetBaseException().Message == "the model is missing");
    }

    [Fact]
    public async Task A_stop_that_is_heeded_is_not_logged()
    {
        var start = Starts.Of(cluster, null, TimeSpan.FromSeconds(30));
        var instance = Instance<DirectedEngine>();
        await instance.StartAsync(start).OrFail("the start");

        instance.Stop(start.Key, 1, "enough");
        await cluster.Reports.NextAsync(start.Key);

        Assert.Empty(_logger.Entries);
    }

    private EngineInstance Instance<TEngine>()
    {
        var registration = cluster.Silo.GetServices<EngineRegistration>().Single(engine => engine.Class == typeof(TEngine));
        return ActivatorUtilities.CreateInstance<EngineInstance>(
            cluster.Silo, registration, new EngineInstanceKey(registration.Definition.Id, cluster.Silos[0]), TimeProvider.System, (ILogger<EngineInstance>)_logger);
    }
}
