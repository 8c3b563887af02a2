namespace BlueEdge.Tool.Api;

/// <summary>What an answer that says no has in its <c>data</c>.</summary>
internal sealed record ErrorInfo
{
    public IReadOnlyList<Fault> Errors { get; set; } = [];

    public int FurtherErrors { get; set; }

    /// <summary>The session that was accepted all the same, or may be.</summary>
    public string? SessionId { get; set; }
}
