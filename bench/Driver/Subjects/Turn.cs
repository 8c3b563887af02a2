using BlueEdge.Load;

namespace BlueEdge.Driver.Subjects;

/// <summary>What a turn gave.</summary>
/// <param name="Load">What the load measured.</param>
/// <param name="ServerCpuSeconds">What the servers took of the processors, warm-up and end included.</param>
internal sealed record Turn(LoadReport Load, double ServerCpuSeconds)
{
    /// <summary>The servers' processor time for a request.</summary>
    public double CpuMillisecondsEach => ServerCpuSeconds * 1000 / Load.Total;
}
