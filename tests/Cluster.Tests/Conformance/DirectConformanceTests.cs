using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Conformance;

/// <summary>In a cluster, straight from host to host.</summary>
public sealed class DirectConformanceTests(DirectCluster host) : ConformanceTests, IClassFixture<DirectCluster>
{
    protected override Gateway Gateway => host.First;

    [Fact]
    public void Core_silos_load_nothing_of_the_client_of_Kafka_which_is_not_there()
    {
        var loaded = File.ReadAllText($"/proc/{host.PidOf("silo-1")}/maps");

        Assert.Contains("BlueEdge.CoreSilo.dll", loaded);
        Assert.DoesNotContain("Confluent.Kafka", loaded);
        Assert.DoesNotContain("rdkafka", loaded);
    }
}
