using System.Text.Json.Serialization;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>One engine's part in a session.</summary>
internal sealed record NodeResponse
{
    /// <summary>Its name in the session.</summary>
    public required string Name { get; init; }

    /// <summary>The engine's id.</summary>
    public required string Id { get; init; }

    /// <summary>waiting, preparing, ready, finished, failed or canceled.</summary>
    public required string Status { get; init; }

    /// <summary>The engine instance that runs it.</summary>
    public string? Instance { get; init; }

    /// <summary>What it failed with.</summary>
    public string? Error { get; init; }

    /// <summary>Items its engine read; there once it is over.</summary>
    [JsonPropertyName("items_read")]
    public long? ItemsRead { get; init; }

    /// <summary>Items its engine wrote; there once it is over.</summary>
    [JsonPropertyName("items_written")]
    public long? ItemsWritten { get; init; }

    /// <summary>Items its engine was too slow for, on channels that deliver the latest; there where there are any.</summary>
    [JsonPropertyName("items_dropped")]
    public long? ItemsDropped { get; init; }

    /// <summary>True where a caller stopped it in a session that goes on without it; else left out.</summary>
    [JsonPropertyName("stop_requested")]
    public bool? StopRequested { get; init; }

    public static NodeResponse From(NodeSnapshot node) => new()
    {
        Name = node.Name,
        Id = node.Engine,
        Status = NodeStatusNames.Of(node.Status),
        Instance = node.Instance,
        Error = node.Error,
        ItemsRead = node.Status.IsTerminal() ? node.ItemsRead : null,
        ItemsWritten = node.Status.IsTerminal() ? node.ItemsWritten : null,
        ItemsDropped = node.ItemsDropped > 0 ? node.ItemsDropped : null,
        StopRequested = node.StopRequested ? true : null,
    };
}
