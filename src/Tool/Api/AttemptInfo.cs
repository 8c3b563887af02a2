namespace BlueEdge.Tool.Api;

/// <summary>One try to deliver an event.</summary>
internal sealed record AttemptInfo
{
    public string? Error { get; set; }

    public string? Answer { get; set; }
}
