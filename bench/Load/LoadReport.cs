namespace BlueEdge.Load;

/// <summary>What a load measured. Times are in milliseconds, from sending to the whole answer.</summary>
/// <param name="Done">Requests answered, each as expected.</param>
/// <param name="Total">Those of the warm-up, and those that were still under way at the end, besides.</param>
/// <param name="PerSecond">Done a second.</param>
/// <param name="P50">What half of them took at most.</param>
/// <param name="P90">What nine in ten took at most.</param>
/// <param name="P99">What 99 in a hundred took at most.</param>
/// <param name="Max">What the slowest took.</param>
/// <param name="CpuSeconds">Processor time that the load itself took.</param>
/// <param name="Error">Why nothing was measured; null if it was.</param>
public sealed record LoadReport(
    int Done, int Total, double PerSecond, double P50, double P90, double P99, double Max, double CpuSeconds, string? Error = null);
