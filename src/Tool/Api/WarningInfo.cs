namespace BlueEdge.Tool.Api;

/// <summary>Something that the caller should know.</summary>
internal sealed record WarningInfo
{
    public string Code { get; set; } = "";

    public string Message { get; set; } = "";

    public string? Node { get; set; }
}
