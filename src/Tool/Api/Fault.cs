namespace BlueEdge.Tool.Api;

/// <summary>One thing that is wrong with a request.</summary>
internal sealed record Fault
{
    public string Pointer { get; set; } = "";

    public string Code { get; set; } = "";

    public string Message { get; set; } = "";
}
