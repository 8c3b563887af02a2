using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Samples.Video;

/// <summary>The settings under <c>BlueEdge:Video</c>. Every default works on a Debian machine with the package ffmpeg.</summary>
public sealed class VideoOptions
{
    /// <summary>The program that decodes and encodes; of the package ffmpeg.</summary>
    [Required]
    public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>The largest frame that is worked on, in millions of pixels; 25 by default. A frame of 4K film has 8.</summary>
    [Range(1, 1000)]
    public int MaxMegapixels { get; set; } = 25;

    /// <summary>The largest picture that is taken as a frame, in megabytes; 32 by default.</summary>
    [Range(1, 1024)]
    public int MaxMegabytes { get; set; } = 32;

    /// <summary>The longest that ffmpeg may take for anything at all to happen, in seconds; 60 by default.</summary>
    [Range(1, 3600)]
    public int StallSeconds { get; set; } = 60;

    /// <summary>The most time of a processor that a film may take, in seconds; 86,400 by default, a day.</summary>
    [Range(1, 31_536_000)]
    public int ProcessorSeconds { get; set; } = 86_400;

    /// <summary>The most memory that ffmpeg may ask for, in megabytes; 2,048 by default.</summary>
    [Range(256, 65536)]
    public int ToolMegabytes { get; set; } = 2048;
}
