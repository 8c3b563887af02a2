namespace BlueEdge.Engines;

/// <summary>An engine's definition makes no sense; the message names the class and every fault.</summary>
[GenerateSerializer, Alias("blueedge.engine-definition-exception")]
public sealed class EngineDefinitionException : BlueEdgeException
{
    /// <summary>An exception with no message.</summary>
    public EngineDefinitionException()
    {
    }

    /// <summary>An exception that says what happened and what to do.</summary>
    public EngineDefinitionException(string message)
        : base(message)
    {
    }

    /// <summary>An exception caused by another.</summary>
    public EngineDefinitionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
