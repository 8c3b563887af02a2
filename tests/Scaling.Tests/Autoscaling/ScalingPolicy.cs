namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>How fast the number of pods may change.</summary>
/// <param name="Value">Pods, or percent of the pods there were when the period began.</param>
/// <param name="IsPercent">Which of the two.</param>
/// <param name="Period">In which time.</param>
public sealed record ScalingPolicy(int Value, bool IsPercent, TimeSpan Period);
