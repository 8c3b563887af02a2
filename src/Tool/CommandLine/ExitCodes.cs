namespace BlueEdge.Tool.CommandLine;

/// <summary>What scripts tell ends apart by; docs/cli.md lists them, and none ever changes.</summary>
internal static class ExitCodes
{
    /// <summary>The session finished, or the command did what it was asked for.</summary>
    public const int Finished = 0;

    /// <summary>The session failed.</summary>
    public const int Failed = 1;

    /// <summary>The session has faults, or the command line has.</summary>
    public const int Faults = 2;

    /// <summary>The session was canceled.</summary>
    public const int Canceled = 3;

    /// <summary>There is no such session, channel or engine.</summary>
    public const int NotFound = 4;

    /// <summary>The server cannot be reached, or does not do its part now.</summary>
    public const int Unavailable = 5;

    /// <summary>The time given was over, as <c>timeout</c> says it.</summary>
    public const int TimeOut = 124;

    /// <summary>Ctrl-C, as shells say it.</summary>
    public const int Interrupted = 130;
}
