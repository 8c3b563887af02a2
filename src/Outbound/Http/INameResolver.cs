using System.Net;

namespace BlueEdge.Outbound.Http;

/// <summary>Looks up hosts; tests have names of their own.</summary>
internal interface INameResolver
{
    /// <summary>The addresses of a host, the best first.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">It is not known, or the name server is away.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
