namespace BlueEdge.Samples.Basics;

internal sealed record FailControl(string? Message);
