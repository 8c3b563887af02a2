using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Hosting.Connections;

/// <summary>What one caller's connection may take of the process. Configured under <c>BlueEdge:Gateway</c>, for every process that serves HTTP.</summary>
public sealed class HttpServerOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Gateway";

    /// <summary>
    /// Connections at once; further ones are told 503 and closed. 10,000 by default, and never more than three quarters of the
    /// file descriptors that the process has left when it has started.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>How long a connection may idle between two requests; 2 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a caller may take to send a request's head; 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of a request's headers together; 32 KB by default.</summary>
    [Range(1_024, 1_000_000)]
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <summary>Bytes a second that a caller has to send of a body, and to take of an answer, on the average; 10,000 by default. Who is slower is cut off.</summary>
    [Range(1, 1_000_000_000)]
    public int MinRate { get; set; } = 10_000;

    /// <summary>For how long a caller may be slower than that; 10 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan RateGrace { get; set; } = TimeSpan.FromSeconds(10);
}
