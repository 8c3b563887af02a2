using System.Net;

namespace BlueEdge.Outbound.Http;

/// <summary>Looks hosts up as the machine does.</summary>
internal sealed class SystemNameResolver : INameResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
