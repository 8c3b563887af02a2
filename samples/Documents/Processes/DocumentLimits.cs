using BlueEdge.Samples.Tools;

namespace BlueEdge.Samples.Documents.Processes;

/// <summary>What one run of a tool may take for a page; its time is that of the clock, too.</summary>
internal static class DocumentLimits
{
    /// <summary>The setting of the memory.</summary>
    public const string MegabytesSetting = "BlueEdge:Documents:ToolMegabytes";

    /// <summary>The most that is read of what a tool writes: more than the largest picture that is allowed has as JPEG.</summary>
    public const int OutputMegabytes = 256;

    public static ToolLimits Draw(DocumentsOptions options) => new(options.DrawSeconds, "BlueEdge:Documents:DrawSeconds", options.ToolMegabytes);

    public static ToolLimits Read(DocumentsOptions options) => new(options.ReadSeconds, "BlueEdge:Documents:ReadSeconds", options.ToolMegabytes);
}
