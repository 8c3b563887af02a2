namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>One core silo, two engine hosts and one gateway, without Kafka: items go straight from host to host.</summary>
public sealed class DirectCluster() : ProcessCluster("--silos", "1", "--hosts", "2", "--gateways", "1", "--no-kafka");
