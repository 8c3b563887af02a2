using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>Where a session stands, for those who listen.</summary>
internal sealed record SessionStanding
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Where it stands; left out where its retention is over and nothing is known of it any more.</summary>
    public ProcessResponse? Process { get; init; }

    public static SessionStanding From(string sessionId, SessionSnapshot? session) =>
        new() { SessionId = sessionId, Process = session is null ? null : ProcessResponse.From(session) };
}
