namespace BlueEdge.Cluster.Tests.Live;

/// <summary>What a crowd heard for a while.</summary>
/// <param name="PerSecond">Messages a second, over all sockets.</param>
/// <param name="P50">From writing to hearing, what half of them took at most.</param>
/// <param name="P99">What 99 in a hundred took at most.</param>
internal sealed record CrowdRound(double PerSecond, TimeSpan P50, TimeSpan P99);
