namespace BlueEdge.Kube.Tests.Timelines;

/// <summary>An engine at one moment.</summary>
/// <param name="Second">Since the begin.</param>
/// <param name="Demand">Nodes that wait and nodes that run.</param>
/// <param name="Wanted">Instances that the autoscaler wants.</param>
/// <param name="Running">Instances that attend.</param>
/// <param name="Working">Those of them with something to do.</param>
internal sealed record Sample(int Second, int Demand, int Wanted, int Running, int Working);
