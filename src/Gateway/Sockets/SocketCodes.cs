namespace BlueEdge.Gateway.Sockets;

/// <summary>Codes of <c>error</c> besides those of faults. Clients rely on them; none is ever renamed.</summary>
internal static class SocketCodes
{
    /// <summary>Items of the writer before this one are missing.</summary>
    public const string MissingItems = "missing-items";

    /// <summary>The channel has ended, and takes no items.</summary>
    public const string ChannelEnded = "channel-ended";

    /// <summary>The session has ended, or is stopped.</summary>
    public const string SessionOver = "session-over";

    /// <summary>The content of an item cannot be read any more.</summary>
    public const string ContentLost = "content-lost";
}
