namespace BlueEdge.Gateway.Http;

/// <summary>The cluster, or what it stores in, does not answer now. Nothing is known of what was asked.</summary>
internal sealed class UnavailableException(string message, Exception inner) : BlueEdgeException(message, inner)
{
    /// <summary>The session that had been accepted before, or <see langword="null"/>.</summary>
    public string? SessionId { get; init; }
}
