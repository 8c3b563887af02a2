using System.Text.Json.Serialization;

namespace BlueEdge.Tool.Api;

/// <summary>One engine's part in a session.</summary>
internal sealed record NodeInfo
{
    public string Name { get; set; } = "";

    public string Id { get; set; } = "";

    public string Status { get; set; } = "";

    public string? Instance { get; set; }

    public string? Error { get; set; }

    [JsonPropertyName("items_read")]
    public long? ItemsRead { get; set; }

    [JsonPropertyName("items_written")]
    public long? ItemsWritten { get; set; }
}
