namespace BlueEdge.Samples.Documents;

/// <summary>A document, a request or a machine that cannot be worked with. The message says what to change.</summary>
internal sealed class DocumentException : BlueEdgeException
{
    public DocumentException()
    {
    }

    public DocumentException(string message)
        : base(message)
    {
    }

    public DocumentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
