using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.EngineHost.Engines;

/// <summary>What an engine says on its Status output, as far as the platform understands it.</summary>
internal static class StatusMessage
{
    public const string Finish = "finish";
    public const string Error = "error";
    public const string Warning = "warning";

    public static Payload OfFinish(string node) => Write(writer =>
    {
        writer.WriteString("type", Finish);
        writer.WriteString("node", node);
    });

    public static Payload OfError(string node, string message) => Write(writer =>
    {
        writer.WriteString("type", Error);
        writer.WriteString("message", message);
        writer.WriteString("node", node);
    });

    /// <summary>A Status item as an event for the session, or <see langword="null"/> where it has no type.</summary>
    public static EngineEvent? ToEvent(Payload payload, string? type) => type is null ? null : new()
    {
        Type = ErrorText.Cut(type, EngineEvent.LongestType),
        Message = payload.Bytes.Length <= EngineEvent.LongestMessage ? payload.Bytes : default,
        Length = payload.Bytes.Length,
    };

    /// <summary>The type, message and code of a Status item; each <see langword="null"/> where it is of another form.</summary>
    public static (string? Type, string? Message, string? Code) Read(Payload payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload.Bytes);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? (Text(document.RootElement, "type"), Text(document.RootElement, "message"), Text(document.RootElement, "code"))
                : default;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter is of half a surrogate pair, which JSON allows and no text can be.
            return default;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static Payload Write(Action<Utf8JsonWriter> write)
    {
        using var utf8 = new MemoryStream();
        using (var writer = new Utf8JsonWriter(utf8))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Payload.Json(utf8.ToArray());
    }
}
