using BenchmarkDotNet.Running;
using BlueEdge.Scheduling;

if (args is ["footprint"])
{
    Footprint.Print(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(SchedulerBenchmarks).Assembly).Run(args);
