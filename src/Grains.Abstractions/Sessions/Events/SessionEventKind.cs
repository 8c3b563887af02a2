namespace BlueEdge.Sessions.Events;

/// <summary>What kind of thing happened to a session.</summary>
[GenerateSerializer, Alias("blueedge.session-event-kind")]
public enum SessionEventKind
{
    /// <summary>None: no event is of it.</summary>
    None = 0,

    /// <summary>The session has another status.</summary>
    StatusChanged = 1,

    /// <summary>A node has another status.</summary>
    NodeChanged = 2,

    /// <summary>An attempt has its slots, and its engines are started.</summary>
    AttemptBegan = 3,

    /// <summary>An engine said something with a <c>type</c> on its Status output.</summary>
    EngineSaid = 4,
}
