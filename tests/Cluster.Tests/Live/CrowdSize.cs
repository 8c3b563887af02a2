namespace BlueEdge.Cluster.Tests.Live;

/// <summary>How large a crowd is.</summary>
/// <param name="Sessions">Sessions, each with a writer.</param>
/// <param name="SocketsEach">Sockets that listen to each.</param>
/// <param name="ItemsPerSecond">Items that each writer writes a second; each socket of its session hears them all.</param>
internal sealed record CrowdSize(int Sessions, int SocketsEach, int ItemsPerSecond)
{
    public int Sockets => Sessions * SocketsEach;
}
