// All tests are on one cluster, whose parts they kill.
[assembly: AssemblyFixture(typeof(BlueEdge.Cluster.Tests.Processes.TestCluster))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: BlueEdge.Cluster.Tests.Processes.LeavesTheClusterWhole]
