namespace BlueEdge.Sessions;

/// <summary>Questions about a status.</summary>
public static class SubSessionStatusExtensions
{
    /// <summary>Whether the status is never left.</summary>
    public static bool IsTerminal(this SubSessionStatus status) =>
        status is SubSessionStatus.Finished or SubSessionStatus.Failed or SubSessionStatus.Canceled;

    /// <summary>Whether the node need not be waited for before others begin: it is ready, or over already.</summary>
    internal static bool HasPrepared(this SubSessionStatus status) => status is SubSessionStatus.Ready || status.IsTerminal();

    /// <summary>Whether an attempt that is there can be that next; it goes forward alone, and may skip what nobody heard of.</summary>
    internal static bool CanBecome(this SubSessionStatus status, SubSessionStatus next) => next switch
    {
        SubSessionStatus.Waiting => false,
        SubSessionStatus.Preparing => status is SubSessionStatus.Waiting,
        SubSessionStatus.Ready => status is SubSessionStatus.Waiting or SubSessionStatus.Preparing,
        _ => !status.IsTerminal(),
    };
}
