namespace BlueEdge.Grains.Sessions.Listing;

/// <summary>What sessions are listed under. Those that hold slots are few, and so one group. The numbers are stored.</summary>
internal enum SessionGroup
{
    Waiting = 0,
    Running = 1,
    Finished = 2,
    Failed = 3,
    Canceled = 4,
}
