namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>Three core silos, two engine hosts and two gateways; with Kafka where there is one.</summary>
public sealed class TestCluster() : ProcessCluster("--silos", "3", "--hosts", "2", "--gateways", "2");
