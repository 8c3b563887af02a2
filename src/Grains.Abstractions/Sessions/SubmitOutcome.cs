namespace BlueEdge.Sessions;

/// <summary>What became of a submission.</summary>
[GenerateSerializer, Alias("blueedge.submit-outcome")]
public enum SubmitOutcome
{
    /// <summary>The session is durable and will reach exactly one terminal status.</summary>
    Accepted,

    /// <summary>The spec has faults; nothing was created.</summary>
    Invalid,

    /// <summary>The id already names a session with another spec; nothing was changed.</summary>
    Conflict,
}
