namespace BlueEdge.Tool.Api;

/// <summary>One running host of an engine.</summary>
internal sealed record InstanceInfo
{
    public string Instance { get; set; } = "";

    public string Host { get; set; } = "";

    public string Status { get; set; } = "";

    public int Slots { get; set; }

    public int Busy { get; set; }

    public int Free { get; set; }
}
