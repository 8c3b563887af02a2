using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>One engine's part in a session, with where that stands.</summary>
internal sealed record SubSessionData
{
    /// <summary>The session's id.</summary>
    public required string SessionId { get; init; }

    /// <summary>pending, queuing, processing, stopping, finished, failed or canceled; the last three are final.</summary>
    public required string SessionStatus { get; init; }

    /// <summary>The running or last attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The engine's part in it.</summary>
    public required NodeResponse Node { get; init; }

    public static SubSessionData From(SubSessionSnapshot node) => new()
    {
        SessionId = node.SessionId,
        SessionStatus = SessionStatusNames.Of(node.SessionStatus),
        Attempt = node.Epoch,
        Node = NodeResponse.From(node.Node),
    };
}
