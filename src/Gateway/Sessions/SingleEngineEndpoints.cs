using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Results;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Sessions of one engine.</summary>
internal static class SingleEngineEndpoints
{
    public static void MapSingleEngines(this IEndpointRouteBuilder routes)
    {
        var engines = routes.MapGroup($"/{ApiRoutes.SingleEngine}").WithTags("Single engines");
        engines.MapPost("/", SubmitAsync)
            .For(Access.Submit)
            .WithName("processSingleEngine")
            .WithSummary("Run one engine")
            .WithDescription(SessionDocs.Submit)
            .WithBody<SingleEngineRequest>(Examples.SingleEngine)
            .WithIdempotencyKey()
            .Produces<SessionResponse>()
            .ProducesErrors(400, 403, 408, 413, 415, 422, 503);
        engines.MapGet("/{sessionId}", ReadAsync)
            .For(Access.Read)
            .WithName("getSingleEngine")
            .WithSummary("Read a session and its results")
            .WithDescription(SessionDocs.Read)
            .WithQuery(SessionDocs.ReadParameters)
            .Produces<SessionResponse>()
            .ProducesErrors(400, 404, 503);
        engines.MapPost("/{sessionId}/stop", StopAsync)
            .For(Access.Operate)
            .WithName("stopSingleEngine")
            .WithSummary("Stop a session")
            .WithDescription(SessionDocs.Stop)
            .WithQuery(SessionDocs.StopParameters)
            .Produces<SessionResponse>()
            .ProducesErrors(400, 403, 404, 503);
        engines.MapResultItems("getSingleEngineResult");
    }

    private static Task<IResult> SubmitAsync(HttpContext http, Submissions submissions) =>
        submissions.SubmitAsync(http, SingleEngineReader.Read, ApiRoutes.SingleEngine);

    private static Task<IResult> ReadAsync(string sessionId, HttpContext http, SessionQueries sessions) =>
        sessions.ReadAsync(sessionId, http, ApiRoutes.SingleEngine);

    private static Task<IResult> StopAsync(string sessionId, HttpContext http, SessionQueries sessions) =>
        sessions.StopAsync(sessionId, http, ApiRoutes.SingleEngine);
}
