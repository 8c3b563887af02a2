namespace BlueEdge.Sessions.Listing;

/// <summary>What sessions are listed under. Those that hold slots are few, and so one group.</summary>
internal enum SessionGroup
{
    Waiting,
    Running,
    Finished,
    Failed,
    Canceled,
}
