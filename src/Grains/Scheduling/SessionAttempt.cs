namespace BlueEdge.Grains.Scheduling;

/// <summary>One attempt of a session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-attempt")]
public readonly record struct SessionAttempt
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The attempt's number; the first is 1.</summary>
    [Id(1)]
    public required int Epoch { get; init; }
}
