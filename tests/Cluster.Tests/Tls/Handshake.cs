using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace BlueEdge.Cluster.Tests.Tls;

/// <summary>A connection to a silo's port, as far as TLS goes.</summary>
internal static class Handshake
{
    /// <summary>The serial number of the certificate that is shown on a port, which is of the authority in the file.</summary>
    public static async Task<string> SerialAsync(int port, string authority)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authority);
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using SslStream stream = new(tcp.GetStream());
        await stream.AuthenticateAsClientAsync(
            new()
            {
                CertificateChainPolicy = policy,
                RemoteCertificateValidationCallback = (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) is SslPolicyErrors.None,
            },
            TestContext.Current.CancellationToken);
        return ((X509Certificate2)stream.RemoteCertificate!).SerialNumber; // A server shows one.
    }
}
