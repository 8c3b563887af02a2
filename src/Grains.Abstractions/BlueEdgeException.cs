namespace BlueEdge;

/// <summary>The root of what BlueEdge throws. The message names the id concerned and the remedy.</summary>
[GenerateSerializer, Alias("blueedge.exception")]
public class BlueEdgeException : Exception
{
    /// <summary>An exception with no message.</summary>
    public BlueEdgeException()
    {
    }

    /// <summary>An exception that says what happened and what to do.</summary>
    public BlueEdgeException(string message)
        : base(message)
    {
    }

    /// <summary>An exception caused by another.</summary>
    public BlueEdgeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
