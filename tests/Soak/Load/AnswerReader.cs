using System.Text.Json;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Load;

/// <summary>Reads the envelopes that gateways answer with.</summary>
internal static class AnswerReader
{
    /// <summary>The channels that results are on: a session has one of them.</summary>
    private static readonly string[] Channels = ["Out", "Result"];

    public static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? ReadId(JsonElement? answer) =>
        answer is { ValueKind: JsonValueKind.Object } envelope
        && envelope.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Object
        && data.TryGetProperty("sessionId", out var id) ? id.GetString() : null;

    public static SessionView? ReadView(JsonElement? answer)
    {
        if (answer is not { } envelope)
        {
            return null;
        }

        var data = envelope.GetProperty("data");
        var process = data.GetProperty("process");
        return new()
        {
            Status = process.GetProperty("status").GetString()!, // It has one.
            Reason = process.TryGetProperty("reason", out var reason) ? reason.GetString() : null,
            Attempt = process.GetProperty("attempt").GetInt32(),
            EndedAt = process.TryGetProperty("ended_at", out var endedAt) && endedAt.ValueKind is JsonValueKind.String ? endedAt.GetDateTimeOffset() : null,
            FormerReasons = process.TryGetProperty("former_attempts", out var former) && former.ValueKind is JsonValueKind.Array
                ? [.. former.EnumerateArray().Select(attempt => attempt.GetProperty("reason").GetString()!)] // It has one.
                : [],
            Items = [.. Channels.SelectMany(channel => Items(data, channel))],
        };
    }

    private static IEnumerable<string> Items(JsonElement data, string channel) =>
        data.TryGetProperty("results", out var results) && results.TryGetProperty(channel, out var items)
            ? items.EnumerateArray().Select(item => Item.Of(item.GetRawText()))
            : [];
}
