using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Conformance;

/// <summary>In one process.</summary>
public sealed class EmbeddedConformanceTests(EmbeddedProcess host) : ConformanceTests, IClassFixture<EmbeddedProcess>
{
    protected override Gateway Gateway => host.Gateway;
}
