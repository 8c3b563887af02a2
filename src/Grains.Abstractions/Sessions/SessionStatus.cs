namespace BlueEdge.Sessions;

/// <summary>Where a session stands. The last three are terminal: exactly one is reached, and never left.</summary>
[GenerateSerializer, Alias("blueedge.session-status")]
public enum SessionStatus
{
    /// <summary>Accepted; waits for a slot for every node.</summary>
    Pending,

    /// <summary>Slots leased; the engines prepare.</summary>
    Queuing,

    /// <summary>All engines said ready; start data was sent.</summary>
    Processing,

    /// <summary>Told to stop, or failed; engines wind down.</summary>
    Stopping,

    /// <summary>Every engine finished, but for nodes that a caller stopped in a session that goes on without them.</summary>
    Finished,

    /// <summary>An engine failed, was lost, or was stopped by a caller; the reason says which.</summary>
    Failed,

    /// <summary>A caller gave it up, or stopped all its nodes.</summary>
    Canceled,
}
