using BenchmarkDotNet.Attributes;

namespace BlueEdge.Scheduling.Benchmarks;

/// <summary>What the scheduler's model costs, by the number of sessions that wait.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class SchedulerBenchmarks
{
    private const int Operations = 20_000;
    private BusyDomain _domain = null!; // Set up before each.

    [Params(1_000, 100_000, 1_000_000)]
    public int Pending { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _domain = new(Pending);
        _domain.Sample(1_000);

        // The first turns after the start find all of one age.
        for (var i = 0; i < 200_000; i++)
        {
            _domain.Turn();
        }
    }

    /// <summary>One session ends, another starts, a third is submitted.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public int Turn()
    {
        for (var turned = 0; turned < Operations;)
        {
            turned += _domain.Turn();
        }

        return _domain.Model.Pending;
    }

    /// <summary>One session is submitted, and canceled while it waits.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public int ComeAndGo()
    {
        for (var i = 0; i < Operations; i++)
        {
            _domain.ComeAndGo();
        }

        return _domain.Model.Pending;
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public int FindPosition()
    {
        var last = 0;
        for (var i = 0; i < Operations; i++)
        {
            last = _domain.FindPosition()?.Current ?? 0;
        }

        return last;
    }
}
