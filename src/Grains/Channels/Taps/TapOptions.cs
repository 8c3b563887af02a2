using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>What is kept of a channel for those who listen to it, where it is not kept as results. Configured under <c>BlueEdge:Taps</c>.</summary>
public sealed class TapOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Taps";

    /// <summary>Its newest items; 256 by default.</summary>
    [Range(1, 100_000)]
    public int Items { get; set; } = 256;

    /// <summary>Their bytes; 4 MB by default. The newest item is kept whatever its size.</summary>
    [Range(1, int.MaxValue)]
    public int Bytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long they are kept, and how long writers go on sending where nobody listens any more; 60 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Age { get; set; } = TimeSpan.FromSeconds(60);
}
