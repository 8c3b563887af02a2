using BenchmarkDotNet.Running;
using BlueEdge.Scheduling.Benchmarks;

if (args is ["footprint"])
{
    Footprint.Print(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(SchedulerBenchmarks).Assembly).Run(args);
