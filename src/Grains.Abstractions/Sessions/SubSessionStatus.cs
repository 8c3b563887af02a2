namespace BlueEdge.Sessions;

/// <summary>Where one node's attempt stands. The last three are terminal.</summary>
[GenerateSerializer, Alias("blueedge.sub-session-status")]
public enum SubSessionStatus
{
    /// <summary>No slot yet.</summary>
    Waiting,

    /// <summary>A slot is leased; the engine prepares.</summary>
    Preparing,

    /// <summary>The engine said ready and takes items.</summary>
    Ready,

    /// <summary>It processed all that came, or said <c>finish</c>.</summary>
    Finished,

    /// <summary>It said <c>error</c>, threw, or was lost.</summary>
    Failed,

    /// <summary>It was stopped before its end.</summary>
    Canceled,
}
