using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace BlueEdge.Outbound.Http;

/// <summary>
/// Makes connections to hosts: looks the name up, judges each address, and connects to one that may be called. The address judged is
/// the one connected to, so that a name that changes its mind in between changes nothing.
/// </summary>
internal sealed class GuardedConnector(OutboundRules rules, INameResolver resolver, IOptions<OutboundOptions> options, TimeProvider clock)
{
    /// <summary>Addresses of a name that are tried; a name can have thousands.</summary>
    public const int MostAddresses = 4;

    /// <exception cref="RefusedAddressException">No address of the host may be called.</exception>
    /// <exception cref="SocketException">The host is not known, or none of its addresses accepts.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isHttps = context.InitialRequestMessage.RequestUri?.Scheme is "https";
        Exception? failure = null;
        foreach (var address in await AllowedAsync(host, isHttps, cancellationToken))
        {
            try
            {
                return await ReachAsync(new(address, port), cancellationToken);
            }
            catch (SocketException error)
            {
                failure = error;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private async Task<IEnumerable<IPAddress>> AllowedAsync(string host, bool isHttps, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);
        var judged = addresses.Select(address => (Address: address, Refusal: rules.RefusalOf(host, address, isHttps))).ToList();
        return judged.Count > 0 && judged.TrueForAll(each => each.Refusal is not null)
            ? throw new RefusedAddressException(judged[0].Refusal!, judged[0].Address) // All have one.
            : judged.Where(each => each.Refusal is null).Select(each => each.Address).Distinct().Take(MostAddresses);
    }

    private async Task<Stream> ReachAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = new CancellationTokenSource(options.Value.ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(endPoint, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
