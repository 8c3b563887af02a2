namespace BlueEdge.Gateway.Auditing;

/// <summary>The envelope of a page of the audit.</summary>
internal sealed record AuditResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The page.</summary>
    public required AuditData Data { get; init; }
}
