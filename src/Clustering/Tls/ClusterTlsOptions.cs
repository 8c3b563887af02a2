using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Clustering.Tls;

/// <summary>
/// With which certificates the processes of a cluster speak to each other. Configured under <c>BlueEdge:Cluster:Tls</c>; they speak
/// without TLS where nothing is set. Files are in PEM, and are read again for each new connection, so that certificates can be renewed.
/// </summary>
public sealed class ClusterTlsOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Cluster:Tls";

    /// <summary>
    /// The file of the certificates whose holders are trusted, whatever names the certificates have: an authority of the cluster's
    /// own. <see langword="null"/>, the default, is no TLS.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>
    /// The file of the process's own certificate, with those between it and the authority behind it. Silos need one; of clients only
    /// those that are asked for it.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>The file of the certificate's private key; <see langword="null"/>, the default, where it is in the certificate's file.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// Whether a silo takes only gateways and clients that have a certificate of the authority; <see langword="true"/> by default. Silos
    /// need one of each other always.
    /// </summary>
    public bool RequireClientCertificate { get; set; } = true;

    /// <summary>Whether TLS is spoken.</summary>
    internal bool IsOn => Authority is not null;

    /// <summary>Whether the process is a silo, whose certificate others see as a server's too.</summary>
    internal bool IsServer { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null && (Certificate ?? Key) is not null)
        {
            yield return new($"{Section}:Authority is missing: set it to the file of the authority that the cluster's certificates are of, or unset the other settings of {Section}.", [nameof(Authority)]);
        }
        else if (IsOn && Certificate is null && (IsServer || Key is not null))
        {
            yield return new($"{Section}:Certificate is missing: set it to the file of this process's certificate, of the authority in {Section}:Authority.", [nameof(Certificate)]);
        }
        else if (IsOn && FindFault() is { } fault)
        {
            yield return new(fault, [nameof(Certificate)]);
        }
    }

    private string? FindFault()
    {
        try
        {
            _ = CertificateFiles.Read(this).Load(IsServer);
            return null;
        }
        catch (BlueEdgeException error)
        {
            return error.Message;
        }
    }
}
