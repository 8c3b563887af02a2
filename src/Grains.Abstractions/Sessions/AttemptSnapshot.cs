namespace BlueEdge.Sessions;

/// <summary>A former attempt of a session that ran again.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.attempt-snapshot")]
public sealed record AttemptSnapshot
{
    /// <summary>The attempt's number; the first is 1.</summary>
    [Id(0)]
    public required int Epoch { get; init; }

    /// <summary>Why it ended.</summary>
    [Id(1)]
    public required string Reason { get; init; }

    /// <summary>When it ended.</summary>
    [Id(2)]
    public required DateTimeOffset EndedAt { get; init; }
}
