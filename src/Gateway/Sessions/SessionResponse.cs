namespace BlueEdge.Gateway.Sessions;

/// <summary>The envelope of an answer about a session. It describes what <see cref="SessionAnswer"/> writes.</summary>
internal sealed record SessionResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; } = "";

    /// <summary>The session.</summary>
    public required SessionData Data { get; init; }
}
