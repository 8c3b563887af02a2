using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BlueEdge.Clustering.Tls;

/// <summary>What the files of certificates have in them: equal to what they had before where nothing was renewed.</summary>
internal sealed record CertificateFiles(string Authority, string? Certificate, string? Key)
{
    private const string Settings = ClusterTlsOptions.Section;

    /// <exception cref="BlueEdgeException">A file cannot be read.</exception>
    public static CertificateFiles Read(ClusterTlsOptions options) => new(
        Read(options.Authority!, nameof(options.Authority)), // TLS is on.
        options.Certificate is { } certificate ? Read(certificate, nameof(options.Certificate)) : null,
        options.Key is { } key ? Read(key, nameof(options.Key)) : null);

    /// <param name="isServer">Whether others see the certificate as a server's too.</param>
    /// <exception cref="BlueEdgeException">They are no certificates, or do not belong together.</exception>
    public LoadedCertificates Load(bool isServer)
    {
        var authorities = Import(Authority, nameof(ClusterTlsOptions.Authority));
        if (Certificate is null)
        {
            return new(authorities, own: null, between: []);
        }

        var chain = Import(Certificate, nameof(ClusterTlsOptions.Certificate));
        LoadedCertificates loaded = new(authorities, WithKey(Certificate), between: [.. chain.Skip(1)]);
        return loaded.FindFault(isServer) is { } fault
            ? throw new BlueEdgeException($"The certificate of {Settings}:Certificate would be refused by the others of the cluster ({fault}): have the authority of {Settings}:Authority sign one that is valid now, for {(isServer ? "servers and clients" : "clients")}.")
            : loaded;
    }

    private static string Read(string path, string setting)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BlueEdgeException($"{Settings}:{setting} is '{path}', which cannot be read ({error.Message}): set it to a file in PEM that this process may read.", error);
        }
    }

    private static X509Certificate2Collection Import(string pem, string setting)
    {
        X509Certificate2Collection found = [];
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new BlueEdgeException($"The file of {Settings}:{setting} has a certificate that cannot be read ({error.Message}): write it anew, in PEM.", error);
        }

        return found.Count > 0 ? found : throw new BlueEdgeException($"The file of {Settings}:{setting} has no certificate: it begins with -----BEGIN CERTIFICATE-----.");
    }

    private X509Certificate2 WithKey(string certificate)
    {
        try
        {
            var own = X509Certificate2.CreateFromPem(certificate, Key ?? certificate);

            // Windows cannot use a key for TLS that is nowhere but in memory.
            return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null) : own;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new BlueEdgeException($"The file of {Settings}:{(Key is null ? nameof(ClusterTlsOptions.Certificate) : nameof(ClusterTlsOptions.Key))} has no private key of the certificate in {Settings}:Certificate, in PEM and without a password ({error.Message}): set {Settings}:Key to the file that has it.", error);
        }
    }
}
