namespace BlueEdge.Samples.Documents.Processes;

/// <summary>What a tool left when it ended.</summary>
/// <param name="ExitCode">Zero where the tool thinks that it did its work.</param>
/// <param name="Output">All that it wrote to its standard output.</param>
/// <param name="Error">The beginning of what it wrote to its standard error.</param>
internal sealed record ToolResult(int ExitCode, ReadOnlyMemory<byte> Output, string Error);
