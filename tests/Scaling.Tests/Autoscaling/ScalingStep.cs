namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>A second of a trace.</summary>
/// <param name="At">Since it began.</param>
/// <param name="Demand">What the scaler says; null where it answers with an error.</param>
/// <param name="Replicas">How many instances there are to be at its end.</param>
public sealed record ScalingStep(TimeSpan At, int? Demand, int Replicas);
