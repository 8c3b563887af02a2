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

    /// <summary>What kind it is, for programs, where it is about one page: other pages may do.</summary>
    public string? PageCode { get; init; }

    /// <summary>What a tool said about it, line by line; it is for people who know the tool, and never in the message.</summary>
    public string? Details { get; init; }
}
