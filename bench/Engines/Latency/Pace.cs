namespace BlueEdge.Bench.Latency;

internal sealed record Pace(int Items, double PerSecond);
