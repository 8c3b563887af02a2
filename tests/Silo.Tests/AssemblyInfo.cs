// Each test runs a process that wants two cores to itself while it starts.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
