using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Samples.Images;

/// <summary>The settings under <c>BlueEdge:Images</c>.</summary>
public sealed class ImagesOptions
{
    /// <summary>The largest picture that is worked on, in millions of pixels; 25 by default. A frame of 4K film has 8.</summary>
    [Range(1, 1000)]
    public int MaxMegapixels { get; set; } = 25;

    /// <summary>The largest file that is worked on, in megabytes; 32 by default.</summary>
    [Range(1, 1024)]
    public int MaxMegabytes { get; set; } = 32;

    /// <summary>How much of a picture its JPEG keeps, from 1 to 100; 80 by default.</summary>
    [Range(1, 100)]
    public int Quality { get; set; } = 80;
}
