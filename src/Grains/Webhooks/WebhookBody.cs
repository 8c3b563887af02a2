using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Writes what a receiver gets: <c>{"type", "timestamp", "data"}</c>, as docs/webhooks.md has it. Pure.</summary>
internal static class WebhookBody
{
    /// <param name="sessionId">The session.</param>
    /// <param name="one">What happened.</param>
    /// <param name="results">What its channels have by now.</param>
    public static ReadOnlyMemory<byte> Write(string sessionId, SessionEvent one, ImmutableArray<WebhookResults> results)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteString("type"u8, WebhookEvents.TypeOf(one));
        json.WriteString("timestamp"u8, one.At.UtcDateTime);
        json.WriteStartObject("data"u8);
        json.WriteString("sessionId"u8, sessionId);
        json.WriteNumber("number"u8, one.Number);
        json.WriteNumber("attempt"u8, one.Epoch);
        json.WriteString("status"u8, NameOf(one.Status, one.NodeStatus));
        json.WriteString("previous"u8, NameOf(one.PreviousStatus, one.PreviousNodeStatus));
        json.WriteString("reason"u8, one.Reason);
        json.WriteString("node"u8, one.Node);
        json.WritePropertyName("event"u8);
        if (one.Said is { Message: { IsEmpty: false } message } && JsonText.IsOne(message.Span))
        {
            json.WriteRawValue(message.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }

        if (one.Said is { Message.IsEmpty: true, Length: var length })
        {
            // It was too long to be kept with the event.
            json.WriteNumber("eventBytes"u8, length);
        }

        json.WriteStartObject("results"u8);
        foreach (var channel in results)
        {
            json.WritePropertyName(channel.Channel);
            channel.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static string? NameOf(SessionStatus? session, SubSessionStatus? node) =>
        session is { } status ? JsonNamingPolicy.CamelCase.ConvertName(status.ToString())
        : node is { } part ? JsonNamingPolicy.CamelCase.ConvertName(part.ToString())
        : null;
}
