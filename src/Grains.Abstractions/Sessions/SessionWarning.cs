namespace BlueEdge.Sessions;

/// <summary>Something about a session that its caller should know, although it is no reason to fail: what was skipped, or is doubtful.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-warning")]
public sealed record SessionWarning
{
    /// <summary>What kind it is, for programs: one of <see cref="WarningCodes"/>, or an engine's own, of at most 64 bytes.</summary>
    [Id(0)]
    public required string Code { get; init; }

    /// <summary>What happened, for people; of an engine at most 1 KB.</summary>
    [Id(1)]
    public required string Message { get; init; }

    /// <summary>The node whose engine said it, or <see langword="null"/> where it is about the session as a whole.</summary>
    [Id(2)]
    public string? Node { get; init; }
}
