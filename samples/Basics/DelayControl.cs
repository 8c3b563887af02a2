namespace BlueEdge.Samples.Basics;

internal sealed record DelayControl(double? Seconds);
