namespace BlueEdge.Samples.Documents.Processes;

/// <summary>What one run of a tool may take. Documents come from strangers: a page of some kilobytes can keep a tool busy for hours.</summary>
/// <param name="Seconds">The time for it, by the clock and of the processor.</param>
/// <param name="SecondsSetting">The setting that says so, for the message where it is not enough.</param>
/// <param name="Megabytes">The memory that it may ask for.</param>
internal sealed record ToolLimits(int Seconds, string SecondsSetting, int Megabytes)
{
    /// <summary>The setting of the memory.</summary>
    public const string MegabytesSetting = "BlueEdge:Documents:ToolMegabytes";

    /// <summary>The most that is read of what a tool writes: more than the largest picture that is allowed has as JPEG.</summary>
    public const int OutputMegabytes = 256;

    /// <summary>The largest file that a tool may write; it needs none but a cache of fonts.</summary>
    public const int FileMegabytes = 64;

    public static ToolLimits Draw(DocumentsOptions options) => new(options.DrawSeconds, "BlueEdge:Documents:DrawSeconds", options.ToolMegabytes);

    public static ToolLimits Read(DocumentsOptions options) => new(options.ReadSeconds, "BlueEdge:Documents:ReadSeconds", options.ToolMegabytes);
}
