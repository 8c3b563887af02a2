using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BlueEdge.Webhooks.Tests.Outbound;

/// <summary>An authority of the test's own, and certificates of it.</summary>
internal sealed class Certificates
{
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public Certificates() => Root = Authority("CN=Root").CreateSelfSigned(_now.AddDays(-30), _now.AddDays(30));

    public X509Certificate2 Root { get; }

    /// <summary>A server's certificate.</summary>
    public X509Certificate2 For(string host, X509Certificate2? issuer = null, int fromDay = -1, int toDay = 1, Uri? issuerAt = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        if (issuerAt is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: [issuerAt.ToString()], caIssuersUris: [issuerAt.ToString()]));
        }

        using var bare = request.Create(issuer ?? Root, _now.AddDays(fromDay), _now.AddDays(toDay), RandomNumberGenerator.GetBytes(8));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>An authority below the root, which nobody sends along.</summary>
    public X509Certificate2 Intermediate()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Authority("CN=Intermediate", key).Create(Root, _now.AddDays(-20), _now.AddDays(20), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }

    private static CertificateRequest Authority(string name, ECDsa? key = null)
    {
        var request = new CertificateRequest(name, key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request;
    }
}
