namespace BlueEdge.Sessions;

/// <summary>Questions about a status.</summary>
public static class SubSessionStatusExtensions
{
    /// <summary>Whether the status is never left.</summary>
    public static bool IsTerminal(this SubSessionStatus status) =>
        status is SubSessionStatus.Finished or SubSessionStatus.Failed or SubSessionStatus.Canceled;
}
