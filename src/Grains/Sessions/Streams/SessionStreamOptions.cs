using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Grains.Sessions.Streams;

/// <summary>The stream of session events, which core silos with a Kafka write. Configured under <c>BlueEdge:SessionStreams</c>.</summary>
public sealed class SessionStreamOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:SessionStreams";

    /// <summary>Bytes of memory, about, for what Kafka has not yet taken; 32 MiB by default. What is beyond is dropped, and told as a gap.</summary>
    [Range(16_384, 1_073_741_824)]
    public int BufferBytes { get; set; } = 32 * 1024 * 1024;
}
