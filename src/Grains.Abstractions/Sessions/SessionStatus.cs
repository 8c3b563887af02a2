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

    /// <summary>Every engine finished.</summary>
    Finished,

    /// <summary>An engine failed, or was lost; the reason says which.</summary>
    Failed,

    /// <summary>A caller gave it up.</summary>
    Canceled,
}
