using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlueEdge.Gateway.Channels.Inputs;
using BlueEdge.Gateway.Channels.Listening;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Sessions.Events;
using BlueEdge.Gateway.Sessions.Listening;
using BlueEdge.Gateway.Sockets;

namespace BlueEdge.Gateway.AsyncApi;

/// <summary>
/// The AsyncAPI 3 document at /asyncapi/v1.json: what is streamed and written piece by piece, message by message. What has messages is
/// described beside its endpoint, and listed here.
/// </summary>
internal static class AsyncApiDocument
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ImmutableArray<AsyncApiChannel> Channels { get; } =
    [
        SessionEventMessages.Channel,
        AllSessionsMessages.Channel,
        ChannelEventMessages.Channel,
        InputMessages.Items,
        InputMessages.End,
        SocketMessages.Said,
        SocketMessages.Heard,
    ];

    public static void MapAsyncApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/asyncapi/v1.json", static (HttpContext http) => TypedResults.Text(Write(http.Request), "application/json")).ExcludeFromDescription().AllowAnonymous();

    private static string Write(HttpRequest request) => new JsonObject
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "BlueEdge",
            ["version"] = "v1",
            ["description"] = "What a gateway streams as server-sent events (action `send`: a message's name is the event's type, its `id` header the event's id), what it takes for channels "
                + "of sessions that run (`receive`), and what is said both ways by sockets (subprotocol `blueedge.v1`). All other calls are in /openapi/v1.json.",
        },
        ["servers"] = new JsonObject
        {
            ["gateway"] = new JsonObject { ["host"] = request.Host.Value, ["protocol"] = request.Scheme, ["pathname"] = $"{request.PathBase}{ApiRoutes.Prefix}" },
        },
        ["defaultContentType"] = "application/json",
        ["channels"] = new JsonObject(Channels.Select(channel => KeyValuePair.Create(channel.Name, (JsonNode?)channel.ToChannel()))),
        ["operations"] = new JsonObject(Channels.Select(channel => KeyValuePair.Create(channel.Name, (JsonNode?)channel.ToOperation()))),
    }.ToJsonString(Form);
}
