namespace BlueEdge.Sessions;

/// <summary>How often a session runs again when an engine failed or its instance was lost.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.retry-spec")]
public sealed record RetrySpec
{
    /// <summary>Further attempts after the first; 0 to 100.</summary>
    [Id(0)]
    public required int Attempts { get; init; }

    /// <summary>How long to wait before each; zero by default.</summary>
    [Id(1)]
    public TimeSpan Backoff { get; init; }
}
