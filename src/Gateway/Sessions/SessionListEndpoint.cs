using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What sessions there are.</summary>
internal static class SessionListEndpoint
{
    public static void MapSessionList(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sessions", ListAsync)
            .For(Access.Read)
            .WithName("listSessions")
            .WithTags("Sessions")
            .WithSummary("List sessions")
            .WithDescription(SessionDocs.List)
            .WithQuery(SessionDocs.ListParameters)
            .Produces<SessionListResponse>()
            .ProducesErrors(400, 503);

    private static async Task<IResult> ListAsync(HttpContext http, SessionClient sessions)
    {
        var reader = new QueryReader(http.Request.Query);
        var query = SessionListQuery.Read(reader);
        return reader.Errors is []
            ? TypedResults.Json(SessionListResponse.From(await sessions.ListAsync(query, http.RequestAborted)), AnswerJson.Context.SessionListResponse)
            : ErrorAnswer.Invalid(reader.Errors);
    }
}
