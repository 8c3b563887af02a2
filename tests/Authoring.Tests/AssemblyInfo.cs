using BlueEdge.Authoring.Tests.Packages;

// The packages are made once, and the machine's processors are one test's.
[assembly: AssemblyFixture(typeof(PackedPackages))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
