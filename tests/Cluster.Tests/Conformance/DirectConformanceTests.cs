using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Conformance;

/// <summary>In a cluster, straight from host to host.</summary>
public sealed class DirectConformanceTests(DirectCluster host) : ConformanceTests, IClassFixture<DirectCluster>
{
    protected override Gateway Gateway => host.First;
}
