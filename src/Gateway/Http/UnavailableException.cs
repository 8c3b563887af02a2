namespace BlueEdge.Gateway.Http;

/// <summary>The cluster, or what it stores in, does not answer now. Nothing is known of what was asked.</summary>
internal sealed class UnavailableException(string message, Exception? inner = null) : BlueEdgeException(message, inner!) // Null is what the base takes for none.
{
    /// <summary>Whether what was asked may have reached a grain, and be done yet.</summary>
    public bool WasSent { get; init; }

    /// <summary>The session that was accepted, or may be yet, or <see langword="null"/>.</summary>
    public string? SessionId { get; init; }
}
