namespace BlueEdge.Blobs;

/// <summary>Tells a full disk from one that is broken.</summary>
public static class DiskFull
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaOnLinux = 122; // EDQUOT
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Whether that is what an exception means.</summary>
    public static bool Explains(Exception? exception) =>
        exception is NoRoomException or IOException { HResult: NoSpace or QuotaOnLinux or NoSpaceOnWindows };
}
