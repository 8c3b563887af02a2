namespace BlueEdge.Samples.Basics;

internal sealed record HelloControl(string? Name);
