using BlueEdge.EngineHost.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.EngineHost.Tests.Cluster;

public sealed class ThreadReserveClusterTests(EngineCluster cluster)
{
    [Fact]
    public void A_silo_has_threads_for_the_slots_of_its_engines()
    {
        ThreadPool.GetMinThreads(out var workers, out _);

        var slots = cluster.Silo.GetServices<EngineRegistration>().Sum(engine => engine.Definition.Slots);
        Assert.True(workers >= Environment.ProcessorCount + Math.Min(16, slots), $"There are {workers} for {slots} slots.");
    }
}
