using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions;

namespace BlueEdge.Gateway.Validation;

/// <summary>Bodies of sessions, checked and not run.</summary>
internal static class ValidationEndpoint
{
    public static void MapValidation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/validate", static (HttpContext http, Validations validations) => validations.ValidateAsync(http))
            .For(Access.Submit)
            .WithMetadata(new ChangesNothingAttribute())
            .WithName("validateSession")
            .WithTags("Sessions")
            .WithSummary("Check a session and run nothing")
            .WithDescription(SessionDocs.Validate)
            .WithBody<WorkflowRequest>([.. Examples.Workflow, .. Examples.SingleEngine])
            .WithOtherBody<SingleEngineRequest>()
            .Produces<ValidationResponse>()
            .ProducesErrors(400, 403, 408, 413, 415, 503);
}
