namespace BlueEdge.Samples.Basics;

internal sealed record HelloResult(string Greeting);
