using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>How a sub-session's status goes on.</summary>
internal static class SubSessionMoves
{
    /// <summary>Whether the node need not be waited for before others begin: it is ready, or over already.</summary>
    public static bool HasPrepared(this SubSessionStatus status) => status is SubSessionStatus.Ready || status.IsTerminal();

    /// <summary>Whether an attempt that is there can be that next; it goes forward alone, and may skip what nobody heard of.</summary>
    public static bool CanBecome(this SubSessionStatus status, SubSessionStatus next) => next switch
    {
        SubSessionStatus.Waiting => false,
        SubSessionStatus.Preparing => status is SubSessionStatus.Waiting,
        SubSessionStatus.Ready => status is SubSessionStatus.Waiting or SubSessionStatus.Preparing,
        _ => !status.IsTerminal(),
    };
}
