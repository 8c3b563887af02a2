namespace BlueEdge.Bench.Latency;

internal sealed record Tick(long At);
