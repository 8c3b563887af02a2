using BlueEdge.Samples.Tools;

namespace BlueEdge.Samples.Documents.Processes;

/// <summary>What a tool left when it ended.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Zero where the tool thinks that it did its work.</param>
/// <param name="Output">All that it wrote to its standard output.</param>
/// <param name="Error">The beginning of what it wrote to its standard error.</param>
internal sealed record ToolResult(ToolEnd End, int ExitCode, ReadOnlyMemory<byte> Output, string Error)
{
    // Above this the code is that of a signal, to which a process without memory comes.
    private const int LastOwnCode = 127;

    public bool Succeeded => End == ToolEnd.Exited && ExitCode == 0;

    /// <summary>Why it was broken off, and what to do about it; null where it ended by itself.</summary>
    public string? Breakdown(ToolCommand command) => End switch
    {
        ToolEnd.OutOfTime => $"it takes longer than {command.Limits.Seconds} s ({command.Limits.SecondsSetting})",
        ToolEnd.OutOfOutput => $"its result is larger than {DocumentLimits.OutputMegabytes} MB",
        _ when ExitCode > LastOwnCode || Error.Contains("memory", StringComparison.OrdinalIgnoreCase) || Error.Contains("bad_alloc", StringComparison.Ordinal) =>
            $"{Path.GetFileName(command.Program)} broke down (exit code {ExitCode}), perhaps for want of more than {command.Limits.Megabytes} MB ({DocumentLimits.MegabytesSetting})",
        _ => null,
    };
}
