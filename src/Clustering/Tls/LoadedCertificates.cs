using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BlueEdge.Clustering.Tls;

/// <summary>The certificates that a process speaks TLS with.</summary>
internal sealed class LoadedCertificates
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2Collection _authorities;
    private readonly X509Certificate2Collection _between;
    private readonly X509Certificate2? _own;

    /// <param name="authorities">Those that are trusted.</param>
    /// <param name="own">The process's own, with its key.</param>
    /// <param name="between">Those between its own and the authority's.</param>
    public LoadedCertificates(X509Certificate2Collection authorities, X509Certificate2? own, X509Certificate2Collection between)
    {
        (_authorities, _own, _between) = (authorities, own, between);
        Own = own is null ? null : SslStreamCertificateContext.Create(own, between, offline: true);
    }

    /// <summary>What the process shows of itself; <see langword="null"/> where it has no certificate.</summary>
    public SslStreamCertificateContext? Own { get; }

    /// <summary>How a server's certificate is judged.</summary>
    public X509ChainPolicy ServersPolicy => Policy(ServerUse);

    /// <summary>How a client's certificate is judged.</summary>
    public X509ChainPolicy ClientsPolicy => Policy(ClientUse);

    /// <summary>Why others would refuse the process's own certificate; <see langword="null"/> where they would not.</summary>
    public string? FindFault(bool isServer) =>
        _own is null ? null : FindFault(_own, ClientsPolicy) ?? (isServer ? FindFault(_own, ServersPolicy) : null);

    private static string? FindFault(X509Certificate2 certificate, X509ChainPolicy policy)
    {
        using X509Chain chain = new() { ChainPolicy = policy };
        return chain.Build(certificate) ? null : string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct(StringComparer.Ordinal));
    }

    private X509ChainPolicy Policy(Oid use)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,

            // A stranger's certificate could name any address to fetch from.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ExtraStore.AddRange(_between);
        policy.ApplicationPolicy.Add(use);
        return policy;
    }
}
