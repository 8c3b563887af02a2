namespace BlueEdge.Gateway.Http;

/// <summary>The cluster, or what it stores in, does not answer now. Nothing is known of what was asked.</summary>
internal sealed class UnavailableException(string message, Exception? inner = null) : BlueEdgeException(message, inner!) // Null is what the base takes for none.
{
    /// <summary>The session that had been accepted before, or <see langword="null"/>.</summary>
    public string? SessionId { get; init; }
}
