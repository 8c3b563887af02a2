// All tests are on one control plane and one cluster of ours on it, and count its pods.
[assembly: AssemblyFixture(typeof(BlueEdge.Kube.Tests.Lab.KubeCluster))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
