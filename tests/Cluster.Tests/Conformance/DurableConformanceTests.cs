using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Conformance;

/// <summary>In a cluster, through Kafka.</summary>
public sealed class DurableConformanceTests : ConformanceTests
{
    private readonly TestCluster _cluster;

    public DurableConformanceTests(TestCluster cluster)
    {
        _cluster = cluster;
        Assert.SkipUnless(cluster.HasKafka, "There is no Kafka on this machine.");
    }

    protected override Gateway Gateway => _cluster.Second;
}
