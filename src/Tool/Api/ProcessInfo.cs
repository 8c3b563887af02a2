using System.Text.Json.Serialization;

namespace BlueEdge.Tool.Api;

/// <summary>Where a session stands.</summary>
internal sealed record ProcessInfo
{
    public string Status { get; set; } = "";

    public string? Reason { get; set; }

    [JsonPropertyName("current_position")]
    public int CurrentPosition { get; set; }

    [JsonPropertyName("total_pending")]
    public int TotalPending { get; set; }

    [JsonPropertyName("waits_for")]
    public IReadOnlyList<ShortageInfo> WaitsFor { get; set; } = [];

    [JsonPropertyName("submitted_at")]
    public DateTimeOffset SubmittedAt { get; set; }

    [JsonPropertyName("ended_at")]
    public DateTimeOffset? EndedAt { get; set; }

    public int Attempt { get; set; }

    public IReadOnlyList<NodeInfo> Engines { get; set; } = [];

    [JsonIgnore]
    public bool IsOver => Status is "finished" or "failed" or "canceled";
}
