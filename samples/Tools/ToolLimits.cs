namespace BlueEdge.Samples.Tools;

/// <summary>What one run of a tool may take. What it works on comes from strangers: some kilobytes can keep a tool busy for hours.</summary>
/// <param name="Seconds">The time of the processor for it.</param>
/// <param name="SecondsSetting">The setting that says so, for the message where it is not enough.</param>
/// <param name="Megabytes">The memory that it may ask for.</param>
internal sealed record ToolLimits(int Seconds, string SecondsSetting, int Megabytes)
{
    /// <summary>The largest file that a tool may write; it needs none but a cache of fonts.</summary>
    public const int FileMegabytes = 64;
}
