using System.Text.Json;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>What a receiver got.</summary>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body's very bytes.</param>
internal sealed record HookCall(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The version of HTTP that it came by.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>When its head came.</summary>
    public DateTimeOffset ArrivedAt { get; init; }

    /// <summary>From what happened to here.</summary>
    public TimeSpan Delay => ArrivedAt - Json.GetProperty("timestamp").GetDateTimeOffset();

    public string Id => Headers[WebhookHeaders.Id];

    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public JsonElement Data => Json.GetProperty("data");

    public string? Type => Json.GetProperty("type").GetString();

    public string? Status => Data.GetProperty("status").GetString();

    public string Session => Data.GetProperty("sessionId").GetString()!; // Each has one.
}
