namespace BlueEdge.Sessions;

/// <summary>One node of a session as it was when read, with what to know of its session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.sub-session-snapshot")]
public sealed record SubSessionSnapshot
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>Where the session stood.</summary>
    [Id(1)]
    public required SessionStatus SessionStatus { get; init; }

    /// <summary>The number of the running or last attempt; the first is 1.</summary>
    [Id(2)]
    public required int Epoch { get; init; }

    /// <summary>The node, in that attempt.</summary>
    [Id(3)]
    public required NodeSnapshot Node { get; init; }
}
