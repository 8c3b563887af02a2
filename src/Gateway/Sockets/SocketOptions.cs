using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Gateway.Sockets;

/// <summary>What sockets may take of the process. Configured under <c>BlueEdge:Sockets</c>.</summary>
internal sealed class SocketOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Sockets";

    /// <summary>Sockets at once; who comes beyond them is told 503. 5,000 by default.</summary>
    [Range(0, 1_000_000)]
    public int MaxSockets { get; set; } = 5_000;

    /// <summary>Channels that one socket has open at once; 16 by default.</summary>
    [Range(1, 255)]
    public int MaxChannels { get; set; } = 16;

    /// <summary>Items that a client may send to a channel beyond those that it was acknowledged; 256 by default.</summary>
    [Range(1, 10_000)]
    public int WindowItems { get; set; } = 256;

    /// <summary>Bytes that a client may send so, and one item more; 256 KB by default.</summary>
    [Range(1_024, 16_777_216)]
    public int WindowBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// Bytes of items that clients have sent through all sockets and that are not stored yet; beyond them no more is read. 128 MB by default,
    /// or a sixteenth of the memory where that is less.
    /// </summary>
    [Range(65_536, long.MaxValue)]
    public long? WrittenBytes { get; set; }

    /// <summary>
    /// How long items wait for a client that gives no credit for them, or that does not send the rest of one, before it is closed as slow; 1 minute by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);
}
