using System.Globalization;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions.Events;

/// <summary>What happened to a session.</summary>
internal static class SessionEventsEndpoint
{
    public static void MapSessionEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sessions/{sessionId}/events", ReadAsync)
            .For(Access.Read)
            .WithName("getSessionEvents")
            .WithTags("Sessions")
            .WithSummary("Read and follow what happened to a session")
            .WithDescription(SessionDocs.Events)
            .WithQuery(SessionDocs.EventParameters)
            .Produces<SessionEventsResponse>()
            .WithEventStream(SessionDocs.EventStream)
            .ProducesErrors(400, 404, 503);

    private static Task<IResult> ReadAsync(string sessionId, HttpContext http, SessionClient sessions, SessionFollower follower) =>
        StreamMedia.IsAskedFor(http.Request) ? StreamAsync(sessionId, http, follower) : ReadPageAsync(sessionId, http, sessions);

    private static async Task<IResult> ReadPageAsync(string sessionId, HttpContext http, SessionClient sessions)
    {
        var query = new QueryReader(http.Request.Query);
        var after = query.Integer("after", 0, long.MaxValue) ?? 0;
        var wait = query.Seconds("waitTimeSecond") ?? TimeSpan.Zero;
        if (query.Errors is not [])
        {
            return ErrorAnswer.Invalid(query.Errors);
        }

        return SessionIds.IsValid(sessionId) && await sessions.FollowEventsAsync(sessionId, after, wait, http.RequestAborted) is { } page
            ? TypedResults.Json(SessionEventsResponse.From(sessionId, after, page), AnswerJson.Context.SessionEventsResponse)
            : ErrorAnswer.UnknownSession(sessionId);
    }

    private static async Task<IResult> StreamAsync(string sessionId, HttpContext http, SessionFollower sessions)
    {
        if (LastEventId.IsEnd(http.Request))
        {
            return TypedResults.NoContent();
        }

        var query = new QueryReader(http.Request.Query);
        var after = query.Integer("after", 0, long.MaxValue) ?? 0;
        if (query.Errors is not [])
        {
            return ErrorAnswer.Invalid(query.Errors);
        }

        if (LastEventId.Of(http.Request) is { } id && !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return ErrorAnswer.Invalid([LastEventId.Malformed(id, "an event's number")]);
        }

        return SessionIds.IsValid(sessionId) && await sessions.FindAsync(sessionId, http.RequestAborted) is { } session
            ? new EventStreamAnswer(stream => new SessionEventStream(sessions, session, after).WriteAsync(stream))
            : ErrorAnswer.UnknownSession(sessionId);
    }
}
