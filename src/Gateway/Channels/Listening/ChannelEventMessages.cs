using System.Text.Json.Nodes;
using BlueEdge.Gateway.AsyncApi;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions.Events;

namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>The messages of what is written to a channel.</summary>
internal static class ChannelEventMessages
{
    public static AsyncApiChannel Channel { get; } = new("channelEvents", "/sessions/{sessionId}/channels/{channel}/events")
    {
        IsSent = true,
        Method = "GET",
        Summary = "What is written to a channel of a session",
        Description = $"{ChannelDocs.Listen} {ChannelDocs.Events}",
        Query = ChannelDocs.ListenParameters,
        Messages =
        [
            new("item", "An item; JSON as it is, all else with an address to read its bytes from.")
            {
                Id = "The item's place: its attempt and its offset.",
                Schema = Item(),
                Examples =
                [
                    ("1:0", """{"offset":0,"value":{"number":1}}"""),
                    ("1:1", """{"offset":1,"key":"invoice-17","tags":["scanned"],"attributes":{"page":3},"mediaType":"image/png","length":5,"href":"/api/v1/process-workflow/01a21e675f737023a046fb9b0d117aeb/results/Final/1"}"""),
                ],
            },
            new("attempt", "The session runs again: what is written now takes the place of all that came before.")
            {
                Schema = Schemas.Of(AnswerJson.Context.AttemptChange),
                Examples = [(null, """{"attempt":2,"former":1}""")],
            },
            new("gap", "Items are missing here, so many as it says where that is known; where another attempt writes, that follows.") { Schema = Schemas.Of(AnswerJson.Context.MissedEvents), Examples = [(null, "{}")] },
            SessionEventMessages.End,
        ],
    };

    private static JsonNode Item() => JsonNode.Parse(
        """
        {
          "type": "object",
          "required": ["offset"],
          "properties": {
            "offset": {"type": "integer"},
            "key": {"type": "string"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "attributes": {"type": "object"},
            "value": true,
            "mediaType": {"type": "string"},
            "length": {"type": "integer"},
            "href": {"type": "string"}
          },
          "oneOf": [{"required": ["value"]}, {"required": ["mediaType", "length", "href"]}]
        }
        """)!; // It is no null.
}
