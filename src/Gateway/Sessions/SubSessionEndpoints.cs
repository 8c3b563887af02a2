using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Single nodes of sessions, which are sub-sessions of their own.</summary>
internal static class SubSessionEndpoints
{
    public static void MapSubSessions(this IEndpointRouteBuilder routes)
    {
        var nodes = routes.MapGroup("/sessions/{sessionId}/nodes/{name}").WithTags("Sessions");
        nodes.MapGet("/", ReadAsync)
            .For(Access.Read)
            .WithName("getNode")
            .WithSummary("Read one engine's part in a session")
            .WithDescription("Where the node stands in the running or last attempt, and its session with it. A slash in the name is written %2F.")
            .Produces<SubSessionResponse>()
            .ProducesErrors(404, 503);
        nodes.MapPost("/stop", StopAsync)
            .For(Access.Operate)
            .WithName("stopNode")
            .WithSummary("Stop one engine's part in a session")
            .WithDescription(SessionDocs.StopNode)
            .Produces<SubSessionResponse>()
            .ProducesErrors(403, 404, 503);
    }

    private static Task<IResult> ReadAsync(string sessionId, string name, HttpContext http, SessionClient sessions) =>
        AnswerAsync(new(sessionId, WrittenAddress.Part(http, fromEnd: 0) ?? name), key => sessions.FindNodeAsync(key, http.RequestAborted));

    private static Task<IResult> StopAsync(string sessionId, string name, HttpContext http, SessionClient sessions) =>
        AnswerAsync(new(sessionId, WrittenAddress.Part(http, fromEnd: 1) ?? name), sessions.StopNodeAsync);

    private static async Task<IResult> AnswerAsync(SubSessionKey key, Func<SubSessionKey, Task<SubSessionSnapshot?>> call) =>
        SessionIds.IsValid(key.SessionId) && await call(key) is { } node
            ? TypedResults.Json(new SubSessionResponse { Data = SubSessionData.From(node) }, AnswerJson.Context.SubSessionResponse)
            : new ErrorAnswer(
                StatusCodes.Status404NotFound,
                $"Session '{Shown.Short(key.SessionId)}' has no node '{Shown.Short(key.Node)}', or there is no such session, or none any more.");
}
