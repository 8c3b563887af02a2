using System.Text.Json;

namespace BlueEdge.Tool.Api;

/// <summary>What is known of a session.</summary>
internal sealed record SessionInfo
{
    public string SessionId { get; set; } = "";

    public ProcessInfo Process { get; set; } = new();

    public IReadOnlyList<WarningInfo> Warnings { get; set; } = [];

    /// <summary>By channel, the items of the page asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Results { get; set; } = new Dictionary<string, IReadOnlyList<JsonElement>>(StringComparer.Ordinal);

    /// <summary>By channel, where the next page begins, for those that were cut.</summary>
    public IReadOnlyDictionary<string, PagingInfo> Paging { get; set; } = new Dictionary<string, PagingInfo>(StringComparer.Ordinal);
}
