using System.Text.Json.Nodes;
using BlueEdge.Gateway.AsyncApi;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>The messages of what happens to all sessions.</summary>
internal static class AllSessionsMessages
{
    public static AsyncApiChannel Channel { get; } = new("allSessionEvents", "/events")
    {
        IsSent = true,
        Method = "GET",
        Summary = "What happens to all sessions, live",
        Description = $"{SessionDocs.Listen} {SessionDocs.LiveStream}",
        Query = SessionDocs.ListenParameters,
        Messages =
        [
            new("listening", "From here on all that happens is told.") { Schema = new JsonObject { ["type"] = "object" }, Examples = [(null, "{}")] },
            .. SessionEventMessages.Happenings("\"sessionId\":\"01a21e675f737023a046fb9b0d117aeb\",", Schema(), hasId: false),
            new("gap", "Events are missing here: so many, or nobody knows how many, or whether any.")
            {
                Schema = Schemas.Of(AnswerJson.Context.MissedEvents),
                Examples = [(null, "{}")],
            },
        ],
    };

    /// <summary>Each names its session, and sessions that keep no events have no numbers.</summary>
    private static JsonNode Schema()
    {
        var schema = Schemas.Of(AnswerJson.Context.SessionEventResponse);
        var required = schema["required"]!.AsArray(); // Some of its members are always there.
        required.Remove(required.First(each => (string?)each is "number"));
        required.Add((JsonNode)"sessionId");
        return schema;
    }
}
