namespace BlueEdge.Bench.Pictures;

internal sealed record Shot(string File, int Pictures, int PerSecond = 0);
