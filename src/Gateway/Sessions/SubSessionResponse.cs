namespace BlueEdge.Gateway.Sessions;

/// <summary>The envelope of one engine's part in a session.</summary>
internal sealed record SubSessionResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The part.</summary>
    public required SubSessionData Data { get; init; }
}
