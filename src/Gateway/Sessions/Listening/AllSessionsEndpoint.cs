using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>What happens to all sessions, as it happens.</summary>
internal static class AllSessionsEndpoint
{
    public static void MapAllSessions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", Listen)
            .For(Access.Read)
            .WithName("listenToSessions")
            .WithTags("Sessions")
            .WithSummary("Listen to what happens to all sessions")
            .WithDescription(SessionDocs.Listen)
            .WithQuery(SessionDocs.ListenParameters)
            .WithLiveStream(SessionDocs.LiveStream)
            .ProducesErrors(400, 406, 503);

    private static IResult Listen(HttpContext http, SessionFeed feed)
    {
        if (!StreamMedia.IsTaken(http.Request))
        {
            return new ErrorAnswer(StatusCodes.Status406NotAcceptable, $"What happens to all sessions is told as {StreamMedia.Type}: accept that, or list them at {ApiRoutes.Prefix}/sessions.");
        }

        var query = new QueryReader(http.Request.Query);
        var filter = SessionFilter.Read(http, query);
        return query.Errors is [] ? new EventStreamAnswer(new AllSessionsStream(feed, filter).WriteAsync) : ErrorAnswer.Invalid(query.Errors);
    }
}
