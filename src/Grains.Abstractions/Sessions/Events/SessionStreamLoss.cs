namespace BlueEdge.Sessions.Events;

/// <summary>What may be missing before an event of the <see cref="SessionStreams"/>.</summary>
public enum SessionStreamLoss
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Changes of the event's session: older ones than the event, or, where it is none, newer ones. The subscriber may ask how the session is.</summary>
    OfSession = 1,

    /// <summary>Changes of any session: of those that matter to it the subscriber asks how they are.</summary>
    OfAny = 2,
}
