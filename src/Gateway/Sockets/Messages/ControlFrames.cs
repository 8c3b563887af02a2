using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Unicode;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Sockets.Flow;
using BlueEdge.Gateway.Sockets.Frames;

namespace BlueEdge.Gateway.Sockets.Messages;

/// <summary>Reads and writes control messages: text frames of JSON. Pure.</summary>
internal static class ControlFrames
{
    /// <summary>Bytes that one from a client may have.</summary>
    public const int Most = 8 * 1024;

    private static readonly SocketJson Context = new(new JsonSerializerOptions(SocketJson.Default.Options) { Encoder = AnswerJson.Encoder });

    /// <summary>Reads what a client sent.</summary>
    /// <param name="text">The whole message.</param>
    /// <param name="fault">Why it is none of the protocol; empty where it is one.</param>
    public static ClientMessage Parse(ReadOnlySpan<byte> text, out string fault)
    {
        ClientMessage? message = null;
        try
        {
            fault = Utf8.IsValid(text) ? "" : "A text frame is not UTF-8.";
            message = fault is "" ? JsonSerializer.Deserialize(text, Context.ClientMessage) : null;
        }
        catch (JsonException error)
        {
            fault = $"A text frame is no control message: {error.Path ?? "$"} is no JSON, of another type, or there twice.";
        }

        fault = fault is not "" ? fault
            : message is null ? "A text frame is a JSON object, not null."
            : message.Type is not ("open" or "credit" or "end") ? "/type: a client says open, credit or end."
            : message.Channel is not (>= 1 and <= byte.MaxValue) ? $"/channel: it is a number from 1 to {byte.MaxValue}."
            : message.Items is < 0 or > Credit.Most ? $"/items: it is a number from 0 to {Credit.Most}."
            : message.Bytes is < 0 or > Credit.Most ? $"/bytes: it is a number from 0 to {Credit.Most}."
            : "";
        return fault is "" ? message! : new(); // Just seen.
    }

    /// <summary>Writes what a gateway says.</summary>
    public static OutFrame Write(ServerMessage message) =>
        new(WebSocketMessageType.Text, JsonSerializer.SerializeToUtf8Bytes(message, Context.ServerMessage), default);
}
