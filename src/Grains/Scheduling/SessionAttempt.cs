namespace BlueEdge.Grains.Scheduling;

/// <summary>One attempt of a session.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-attempt")]
internal readonly record struct SessionAttempt
{
    [Id(0)]
    public required string SessionId { get; init; }

    [Id(1)]
    public required int Epoch { get; init; }
}
