using System.Text.Json.Serialization;

namespace BlueEdge.Tool.Api;

/// <summary>An engine that a session waits for.</summary>
internal sealed record ShortageInfo
{
    public string Engine { get; set; } = "";

    [JsonPropertyName("lacking_slots")]
    public int LackingSlots { get; set; }

    public int Instances { get; set; }

    [JsonPropertyName("tenant_slots")]
    public int? TenantSlots { get; set; }
}
