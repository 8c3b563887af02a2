namespace BlueEdge.Soak.History;

/// <summary>How much memory a part's process had.</summary>
internal sealed record MemorySample(string Part, TimeSpan At, long Bytes);
