using BlueEdge.Tool.Api;

namespace BlueEdge.Tool.CommandLine;

/// <summary>Ends the command: the message says what is wrong, and what to do.</summary>
internal sealed class ToolException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What is wrong with the request, item by item; empty where the message says it all.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>How many more faults there are.</summary>
    public int FurtherFaults { get; init; }

    public static ToolException Usage(string message) => new(ExitCodes.Faults, message);
}
