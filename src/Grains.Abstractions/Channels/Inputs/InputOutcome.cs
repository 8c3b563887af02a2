namespace BlueEdge.Channels.Inputs;

/// <summary>What became of a write.</summary>
[GenerateSerializer, Alias("blueedge.input-outcome")]
public enum InputOutcome
{
    /// <summary>There is no such channel, or clients do not write it.</summary>
    Unknown,

    /// <summary>The channel has all of it, from this call or from an earlier one.</summary>
    Taken,

    /// <summary>The engines are too slow for more; the same call may be taken soon.</summary>
    NoRoom,

    /// <summary>Items of this writer before it are missing; the reply says from which on.</summary>
    Gap,

    /// <summary>The channel has ended.</summary>
    Ended,

    /// <summary>The session has ended, or is stopped.</summary>
    SessionOver,

    /// <summary>The items are none that the channel takes; the reply says why.</summary>
    Refused,
}
