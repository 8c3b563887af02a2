using System.Text;

namespace BlueEdge.Gateway.Sockets;

/// <summary>How a socket ends.</summary>
/// <param name="Code">The close code; 0 where the connection is broken and nobody is left to be told.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record SocketEnd(int Code, string Reason)
{
    public const int Over = 1000;
    public const int Failed = 1011;
    public const int Malformed = 4400;
    public const int Unauthorized = 4401;
    public const int Slow = 4408;
    public const int GoingAway = 4410;
    public const int CursorLost = 4411;

    /// <summary>Bytes that RFC 6455 has room for.</summary>
    private const int MostBytes = 123;

    /// <summary>The connection is broken.</summary>
    public static SocketEnd Gone { get; } = new(0, "");

    /// <summary>The client closes it.</summary>
    public static SocketEnd ByClient { get; } = new(Over, "");

    /// <summary>The session has ended, and all is told.</summary>
    public static SocketEnd SessionOver { get; } = new(Over, "The session has ended.");

    /// <summary>The process stops, or the socket is as old as one may be.</summary>
    public static SocketEnd Away { get; } = new(GoingAway, "Connect again, to any gateway: each channel goes on where you are.");

    /// <summary>The key or token that the socket was opened with counts no more.</summary>
    public static SocketEnd KeyEnded { get; } = new(Unauthorized, "The API key was revoked, or the key or token has expired: connect again with another one.");

    /// <summary>What clients have sent fills the room that there is for it.</summary>
    public static SocketEnd Full { get; } = new(GoingAway, "What clients have sent fills this gateway: connect again soon, or to another one.");

    /// <summary>What the client sent is none of the protocol.</summary>
    public static SocketEnd Protocol(string reason) => new(Malformed, reason);

    /// <summary>The reason, as long as a close frame has room for.</summary>
    public string ShortReason()
    {
        var text = Reason;
        while (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            text = text[..^1];
        }

        return text;
    }
}
