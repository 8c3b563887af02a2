namespace BlueEdge.Tool.Api;

/// <summary>One port of an engine.</summary>
internal sealed record PortInfo
{
    public string Name { get; set; } = "";

    public string Type { get; set; } = "";

    public bool Optional { get; set; }

    public string? Description { get; set; }
}
