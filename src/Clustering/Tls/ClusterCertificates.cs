using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Clustering.Tls;

/// <summary>The certificates as their files have them now.</summary>
internal sealed partial class ClusterCertificates(IOptions<ClusterTlsOptions> options, ILogger<ClusterCertificates> logger)
{
    private readonly Lock _lock = new();
    private CertificateFiles? _files;
    private LoadedCertificates? _loaded;
    private string? _told;

    /// <summary>
    /// What the next connection is made with. Files that make no sense, such as a certificate whose key has yet to be written, leave
    /// all as it was.
    /// </summary>
    public LoadedCertificates Current
    {
        get
        {
            lock (_lock)
            {
                try
                {
                    // Connections are few, and files may change under the same times, or behind links: so they are read.
                    var files = CertificateFiles.Read(options.Value);
                    if (files != _files)
                    {
                        // The former ones may be in use by connections that begin now, and go with them.
                        _loaded = files.Load(options.Value.IsServer);
                        (_files, _told) = (files, null);
                    }
                }
                catch (BlueEdgeException error) when (_loaded is not null)
                {
                    Tell(error.Message);
                }

                return _loaded!; // Loaded, or it was thrown.
            }
        }
    }

    private void Tell(string fault)
    {
        if (!string.Equals(fault, _told, StringComparison.Ordinal))
        {
            _told = fault;
            LogKept(fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The cluster's certificates are used as they were read before: {Reason}")]
    private partial void LogKept(string reason);
}
