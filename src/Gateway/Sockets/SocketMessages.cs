using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BlueEdge.Gateway.AsyncApi;
using BlueEdge.Gateway.Sessions.Events;
using BlueEdge.Gateway.Sockets.Messages;

namespace BlueEdge.Gateway.Sockets;

/// <summary>The messages of sockets: what a client says, and what a gateway does.</summary>
internal static class SocketMessages
{
    private const string Address = "/sessions/{sessionId}/socket";

    /// <summary>A frame of the item {"n":1}, number 0 of channel 1; an item that a gateway sends says more in its metadata.</summary>
    private const string Frame = "\"AQABAAAAAAAAAAAAAAAAAAAAAAAAAAAAeyJuIjoxfQ==\"";

    /// <summary>What a client says.</summary>
    public static AsyncApiChannel Said { get; } = new("socketSaid", Address)
    {
        IsSent = false,
        IsSocket = true,
        Method = "GET",
        Summary = "What a client says by a socket",
        Description = SocketDocs.Open,
        Query = SocketDocs.Parameters,
        Messages =
        [
            .. OfClient(
                ("open", "Opens a channel: in, to write it, or out, to listen.", ["\"name\":\"Words\",\"direction\":\"in\",\"writer\":\"till-7\"", "\"name\":\"Final\",\"direction\":\"out\",\"after\":\"1:41\",\"items\":100,\"bytes\":1000000"]),
                ("credit", "So much more of what it listens to may be sent.", ["\"items\":1,\"bytes\":1000"]),
                ("end", "Ends a channel that it writes, for all writers, or stops to listen.", [""])),
            Item("An item for a channel that it writes, or a piece of one."),
        ],
    };

    /// <summary>What a gateway says.</summary>
    public static AsyncApiChannel Heard { get; } = new("socketHeard", Address)
    {
        IsSent = true,
        IsSocket = true,
        Method = "GET",
        Summary = "What a gateway says by a socket",
        Description = SocketDocs.Open,
        Query = SocketDocs.Parameters,
        Messages =
        [
            .. OfGateway(
                ("opened", "A channel is open.", ["\"channel\":1,\"itemType\":\"JSON\",\"nextSequence\":0,\"items\":256,\"bytes\":262144", "\"channel\":2"]),
                ("credit", "So much more may be written.", ["\"channel\":1,\"items\":1,\"bytes\":7"]),
                ("ack", "All of the writer's items before that are durable.", ["\"channel\":1,\"nextSequence\":1"]),
                ("end", "A channel has ended.", ["\"channel\":1,\"nextSequence\":1", "\"channel\":2"]),
                ("gap", "Something is missing here, or another attempt writes now.", ["\"channel\":2,\"epoch\":1,\"missed\":3", "\"channel\":2,\"epoch\":2,\"former\":1"]),
                ("status", "Where the session stands, or what happened to it.", [SessionEventMessages.End.Examples[0].Json[1..^1], "\"event\":{\"number\":6,\"at\":\"2026-11-27T19:07:01.533544+00:00\",\"type\":\"sessionStatusChanged\",\"attempt\":1,\"status\":\"processing\",\"previous\":\"queuing\"}"]),
                ("goaway", "The socket closes with 4410: connect again, to any gateway.", ["\"message\":\"The gateway stops.\""]),
                ("error", "A channel is not open, or is closed, and the socket goes on.", ["\"channel\":3,\"pointer\":\"/name\",\"code\":\"unknown-channel\",\"message\":\"…\""])),
            Item("An item of a channel that the client listens to, or a piece of one."),
        ],
    };

    private static IEnumerable<AsyncApiMessage> OfClient(params ReadOnlySpan<(string Type, string Summary, string[] Examples)> messages) =>
        Of([.. messages], Schemas.Of(SocketJson.Default.ClientMessage), (type, more) => $"\"type\":\"{type}\",\"channel\":{(more.Contains("\"out\"", StringComparison.Ordinal) || type is "credit" ? 2 : 1)}{(more.Length > 0 ? "," : "")}{more}");

    private static IEnumerable<AsyncApiMessage> OfGateway(params ReadOnlySpan<(string Type, string Summary, string[] Examples)> messages) =>
        Of([.. messages], Schemas.Of(SocketJson.Default.ServerMessage), (type, more) => $"\"type\":\"{type}\",{more}");

    private static IEnumerable<AsyncApiMessage> Of(ImmutableArray<(string Type, string Summary, string[] Examples)> messages, JsonNode schema, Func<string, string, string> write) => messages.Select(
        message => new AsyncApiMessage(message.Type, message.Summary) { Schema = schema, Examples = [.. message.Examples.Select(more => ((string?)null, $"{{{write(message.Type, more)}}}"))] });

    private static AsyncApiMessage Item(string summary) => new("item", $"{summary} A binary frame, here in base64: 24 bytes of header, metadata, content.")
    {
        ContentType = "application/octet-stream",
        Schema = new JsonObject { ["type"] = "string" },
        Examples = [(null, Frame)],
    };
}
