using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BlueEdge.Gateway.AsyncApi;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>The messages of a session's events.</summary>
internal static class SessionEventMessages
{
    private const string Id = "01a21e675f737023a046fb9b0d117aeb";
    private const string Instance = "\"instance\":\"relay/127.0.0.1:36977@154811182\"";

    /// <summary>Where a session stands at its end; who listens to a channel is told it too.</summary>
    public static readonly AsyncApiMessage End = new("end", "All is told: the session has ended, and so does the stream.")
    {
        Id = "Always end: who comes back with it gets 204.",
        Schema = Schemas.Of(AnswerJson.Context.SessionStanding),
        Examples =
        [
            (EventStream.LastId, $$$"""{"sessionId":"{{{Id}}}","process":{"status":"finished","current_position":0,"total_pending":0,"total_queuing":0,"engines":[{"name":"one","id":"relay","status":"finished",{{{Instance}}},"items_read":3,"items_written":3}],"submitted_at":"2026-11-27T19:07:01.0145698+00:00","ended_at":"2026-11-27T19:07:03.3410725+00:00","attempt":1}}"""),
        ],
    };

    public static AsyncApiChannel Channel { get; } = new("sessionEvents", "/sessions/{sessionId}/events")
    {
        IsSent = true,
        Method = "GET",
        Summary = "What happens to a session, for who accepts text/event-stream",
        Description = $"{SessionDocs.Events} {SessionDocs.EventStream}",
        Query = [SessionDocs.EventParameters[0]],
        Messages =
        [
            new("status", "Where the session stands.")
            {
                Schema = Schemas.Of(AnswerJson.Context.SessionStanding),
                Examples =
                [
                    (null, $$$"""{"sessionId":"{{{Id}}}","process":{"status":"processing","current_position":0,"total_pending":0,"total_queuing":0,"engines":[{"name":"one","id":"relay","status":"ready",{{{Instance}}}}],"submitted_at":"2026-11-27T19:07:01.0145698+00:00","attempt":1}}"""),
                ],
            },
            .. Happenings("", Schemas.Of(AnswerJson.Context.SessionEventResponse), hasId: true),
            new("gap", "So many events were dropped before: the newest 10,000 are kept.")
            {
                Schema = Schemas.Of(AnswerJson.Context.MissedEvents),
                Examples = [(null, """{"missed":12}""")],
            },
            End,
        ],
    };

    /// <summary>What happens to a session, by kind.</summary>
    /// <param name="first">Members that come before all others.</param>
    /// <param name="schema">The schema of them all.</param>
    /// <param name="hasId">Whether each has its number as its id.</param>
    public static ImmutableArray<AsyncApiMessage> Happenings(string first, JsonNode schema, bool hasId)
    {
        return
        [
            Of("sessionStatusChanged", "The session has another status.", "6", "\"status\":\"processing\",\"previous\":\"queuing\""),
            Of("nodeStatusChanged", "A node has another status.", "5", $"\"node\":\"one\",\"status\":\"ready\",\"previous\":\"preparing\",{Instance}"),
            Of("attemptBegan", "An attempt has its slots, and its engines are started.", "4", ""),
            Of("engineEvent", "An engine said something on its Status output.", "7", $"\"node\":\"one\",{Instance},\"eventType\":\"finish\",\"event\":{{\"type\":\"finish\",\"node\":\"one\"}}"),
        ];

        AsyncApiMessage Of(string type, string summary, string number, string more) => new(type, summary)
        {
            Id = hasId ? "The event's number." : null,
            Schema = schema,
            Examples =
            [
                (hasId ? number : null, $$"""{{{first}}"number":{{number}},"at":"2026-11-27T19:07:01.533544+00:00","type":"{{type}}","attempt":1{{(more.Length > 0 ? "," : "")}}{{more}}}"""),
            ],
        };
    }
}
