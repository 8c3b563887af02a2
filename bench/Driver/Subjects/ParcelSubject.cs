using BlueEdge.Bench.Parcels;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>A way of moving parcels over Kafka.</summary>
/// <param name="name">What it is called.</param>
/// <param name="move">Has parcels written, and waits until they are read.</param>
/// <param name="processes">The processes that do it.</param>
internal sealed class ParcelSubject(string name, Func<ParcelOrder, Task<ParcelReport>> move, IReadOnlyList<ChildProcess> processes)
{
    public string Name { get; } = name;

    /// <exception cref="BenchException">Not everything came.</exception>
    public async Task<ParcelTurn> RunAsync(ParcelOrder order)
    {
        var before = CpuSeconds();
        var report = await move(order);
        return report.Items == order.Items && report.Bytes == order.Bytes
            ? new(report, CpuSeconds() - before)
            : throw new BenchException($"{Name}: of {order} this came: {report}");
    }

    private double CpuSeconds() => processes.Sum(process => process.CpuSeconds);
}
