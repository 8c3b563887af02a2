using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Grains.Channels;

/// <summary>How channels move items. Configured under <c>BlueEdge:Channels</c>.</summary>
public sealed class ChannelOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Channels";

    /// <summary>How items get from host to host; durable by default where a Kafka is configured, else direct.</summary>
    public ChannelTransport? Transport { get; set; }

    /// <summary>Payloads of more bytes go to the blob store and travel by reference; 1 MB by default.</summary>
    [Range(1, int.MaxValue)]
    public int ClaimCheckBytes { get; set; } = 1024 * 1024;

    /// <summary>Items that clients may have written to a channel and its engines have not taken; 1,024 by default. Then clients wait.</summary>
    [Range(1, 1_000_000)]
    public int InputItems { get; set; } = 1_024;

    /// <summary>Their bytes; 16 MB by default. What is more than that at once passes where nothing waits.</summary>
    [Range(1, int.MaxValue)]
    public int InputBytes { get; set; } = 16 * 1024 * 1024;
}
