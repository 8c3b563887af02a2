namespace BlueEdge.Sessions;

/// <summary>Questions about a status.</summary>
public static class SessionStatusExtensions
{
    /// <summary>Whether the status is never left.</summary>
    public static bool IsTerminal(this SessionStatus status) =>
        status is SessionStatus.Finished or SessionStatus.Failed or SessionStatus.Canceled;
}
