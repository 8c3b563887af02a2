using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Results;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Sessions of any DAG.</summary>
internal static class WorkflowEndpoints
{
    public static void MapWorkflows(this IEndpointRouteBuilder routes)
    {
        var workflows = routes.MapGroup($"/{ApiRoutes.Workflow}").WithTags("Workflows");
        workflows.MapPost("/", SubmitAsync)
            .For(Access.Submit)
            .WithName("processWorkflow")
            .WithSummary("Run a DAG of engines")
            .WithDescription(SessionDocs.Submit)
            .WithBody<WorkflowRequest>(Examples.Workflow)
            .WithIdempotencyKey()
            .Produces<SessionResponse>()
            .ProducesErrors(400, 403, 408, 413, 415, 422, 503);
        workflows.MapGet("/{sessionId}", ReadAsync)
            .For(Access.Read)
            .WithName("getWorkflow")
            .WithSummary("Read a session and its results")
            .WithDescription(SessionDocs.Read)
            .WithQuery(SessionDocs.ReadParameters)
            .Produces<SessionResponse>()
            .ProducesErrors(400, 404, 503);
        workflows.MapPost("/{sessionId}/stop", StopAsync)
            .For(Access.Operate)
            .WithName("stopWorkflow")
            .WithSummary("Stop a session")
            .WithDescription(SessionDocs.Stop)
            .WithQuery(SessionDocs.StopParameters)
            .Produces<SessionResponse>()
            .ProducesErrors(400, 403, 404, 503);
        workflows.MapResultItems("getWorkflowResult");
    }

    private static Task<IResult> SubmitAsync(HttpContext http, Submissions submissions) =>
        submissions.SubmitAsync(http, WorkflowReader.Read, ApiRoutes.Workflow);

    private static Task<IResult> ReadAsync(string sessionId, HttpContext http, SessionQueries sessions) =>
        sessions.ReadAsync(sessionId, http, ApiRoutes.Workflow);

    private static Task<IResult> StopAsync(string sessionId, HttpContext http, SessionQueries sessions) =>
        sessions.StopAsync(sessionId, http, ApiRoutes.Workflow);
}
