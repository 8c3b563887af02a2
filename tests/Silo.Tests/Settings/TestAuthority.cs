using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BlueEdge.Silo.Tests.Settings;

/// <summary>An authority that signs certificates, which lie in files of a folder that goes with it.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-2);

    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-authority-").FullName;
    private readonly X509Certificate2 _certificate;
    private int _issued;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=The cluster's", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        _certificate = request.CreateSelfSigned(From, From.AddYears(1));
        File.WriteAllText(PathOf("authority.crt"), _certificate.ExportCertificatePem() + '\n');
    }

    /// <summary>The file of its own certificate.</summary>
    public string Authority => PathOf("authority.crt");

    /// <summary>Writes a new certificate with its key, over a former one of that name.</summary>
    /// <param name="name">Names the files.</param>
    /// <param name="validDays">For how long it is valid from the day before yesterday on.</param>
    /// <param name="forServers">Whether servers may show it; clients may always.</param>
    public (string Certificate, string Key, string Serial) Issue(string name, double validDays = 30, bool forServers = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(forServers ? [ServerUse, ClientUse] : [ClientUse], critical: false));
        using var issued = request.Create(_certificate, From, From.AddDays(validDays), [1, (byte)++_issued]);

        // One after the other, as whoever renews them does.
        File.WriteAllText(PathOf($"{name}.crt"), issued.ExportCertificatePem() + '\n');
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem() + '\n');
        return (PathOf($"{name}.crt"), PathOf($"{name}.key"), issued.SerialNumber);
    }

    /// <summary>How a client shows a certificate.</summary>
    public static SslStreamCertificateContext Show(string certificate, string key) =>
        SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificate, key), additionalCertificates: null, offline: true);

    /// <summary>A file of the folder with this in it.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
