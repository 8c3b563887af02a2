namespace BlueEdge.Samples.Basics;

internal sealed record DelayResult(double Seconds);
