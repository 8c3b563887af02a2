namespace BlueEdge.Sessions;

/// <summary>What became of a submission.</summary>
[GenerateSerializer, Alias("blueedge.submit-outcome")]
public enum SubmitOutcome
{
    /// <summary>The session is durable and will reach exactly one terminal status.</summary>
    Accepted,

    /// <summary>The spec has faults; nothing was created.</summary>
    Invalid,

    /// <summary>The id already names a session with another spec, or of another tenant; nothing was changed.</summary>
    Conflict,

    /// <summary>The id names a session whose retention is just over, and which is gone in a moment; nothing was changed. Submit again then.</summary>
    Expiring,
}
