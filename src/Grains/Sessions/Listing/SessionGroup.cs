namespace BlueEdge.Grains.Sessions.Listing;

/// <summary>What sessions are listed under. Those that hold slots are few, and so one group. The numbers are stored.</summary>
public enum SessionGroup
{
    /// <summary>Those that wait for slots.</summary>
    Waiting = 0,

    /// <summary>Those that run, or are stopping.</summary>
    Running = 1,

    /// <summary>Those that ended well.</summary>
    Finished = 2,

    /// <summary>Those that failed.</summary>
    Failed = 3,

    /// <summary>Those that were stopped.</summary>
    Canceled = 4,
}
