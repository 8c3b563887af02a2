using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions.Listing;

/// <summary>Which group a status belongs to.</summary>
public static class SessionGroups
{
    /// <summary>In the order in which a session goes through them: one that moves on while they are read is not missed.</summary>
    public static IReadOnlyList<SessionGroup> All { get; } =
        [SessionGroup.Waiting, SessionGroup.Running, SessionGroup.Finished, SessionGroup.Failed, SessionGroup.Canceled];

    /// <summary>The group of a status.</summary>
    public static SessionGroup Of(SessionStatus status) => status switch
    {
        SessionStatus.Pending => SessionGroup.Waiting,
        SessionStatus.Finished => SessionGroup.Finished,
        SessionStatus.Failed => SessionGroup.Failed,
        SessionStatus.Canceled => SessionGroup.Canceled,
        _ => SessionGroup.Running,
    };
}
