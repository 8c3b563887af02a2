namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>What a log makes of a run.</summary>
public enum InputAppendOutcome
{
    /// <summary>It has all of it, from this call or from an earlier one.</summary>
    Taken,

    /// <summary>Items of the writer before it are missing; nothing was appended.</summary>
    Gap,

    /// <summary>The log has ended; nothing was appended.</summary>
    Ended,

    /// <summary>The session has ended, or is unknown; nothing was appended. What the log has it keeps as long as the session is.</summary>
    Over,
}
