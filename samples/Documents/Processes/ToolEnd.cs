namespace BlueEdge.Samples.Documents.Processes;

/// <summary>How a tool came to its end.</summary>
internal enum ToolEnd
{
    /// <summary>By itself, or by a signal: the exit code tells.</summary>
    Exited,

    /// <summary>It was killed, since it took longer than it may.</summary>
    OutOfTime,

    /// <summary>It was killed, since it wrote more than it may.</summary>
    OutOfOutput,
}
