using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace BlueEdge.Outbound.Http;

/// <summary>How requests are sent to strangers: as little as can be is taken from the machine, and from the answer.</summary>
internal static class OutboundHandler
{
    private const int HeaderKilobytes = 16;

    public static SocketsHttpHandler Create(GuardedConnector connector, IOptions<OutboundOptions> options) => new()
    {
        ConnectCallback = connector.ConnectAsync,

        // A connection attempt goes on when the request that wanted it has given up.
        ConnectTimeout = options.Value.Timeout,
        PooledConnectionLifetime = options.Value.ConnectionLifetime,

        // A proxy would be who connects, to whatever it likes.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,

        // Trace ids and baggage are the operator's.
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = HeaderKilobytes,

        // Nothing is read that nobody wants, only to keep a connection.
        MaxResponseDrainSize = 0,
        SslOptions =
        {
            // A certificate names addresses where to fetch its issuer and its revocation: anyone could have them called by it.
            CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        },
    };
}
