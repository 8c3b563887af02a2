namespace BlueEdge.Tool.Api;

/// <summary>One engine.</summary>
internal sealed record EngineInfo
{
    public string Id { get; set; } = "";

    public string Version { get; set; } = "";

    public int Slots { get; set; }

    public int Waiting { get; set; }

    public int Working { get; set; }

    public IReadOnlyList<PortInfo> Inputs { get; set; } = [];

    public IReadOnlyList<PortInfo> Outputs { get; set; } = [];

    public IReadOnlyList<InstanceInfo> Instances { get; set; } = [];
}
