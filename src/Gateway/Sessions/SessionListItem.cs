using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A session in a list: all but its results.</summary>
internal sealed record SessionListItem
{
    /// <summary>The session's id: 32 hexadecimal digits.</summary>
    public required string SessionId { get; init; }

    /// <summary>Where it stands.</summary>
    public required ProcessResponse Process { get; init; }

    public static SessionListItem From(SessionSnapshot session) =>
        new() { SessionId = session.SessionId, Process = ProcessResponse.From(session) };
}
