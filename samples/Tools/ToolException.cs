namespace BlueEdge.Samples.Tools;

/// <summary>A program of the system that cannot be started, or did not do its work. The message says what to change.</summary>
internal sealed class ToolException : BlueEdgeException
{
    public ToolException()
    {
    }

    public ToolException(string message)
        : base(message)
    {
    }

    public ToolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
