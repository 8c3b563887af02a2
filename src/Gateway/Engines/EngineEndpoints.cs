using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Engines;

/// <summary>What engines there are, and how busy.</summary>
internal static class EngineEndpoints
{
    public static void MapEngines(this IEndpointRouteBuilder routes)
    {
        var engines = routes.MapGroup("/engines").WithTags("Engines");
        engines.MapGet("/", ListAsync)
            .For(Access.Read)
            .WithName("listEngines")
            .WithSummary("List the engines")
            .WithDescription("Each engine that ever joined or was registered: its ports and slots, the instances that run it now, and the demand for it.")
            .Produces<EnginesResponse>()
            .ProducesErrors(503);
        engines.MapGet("/{engineId}", static (string engineId, HttpContext http, EngineRegistrations engines) => engines.ReadAsync(engineId, http.RequestAborted))
            .For(Access.Read)
            .WithName("getEngine")
            .WithSummary("Read an engine")
            .WithDescription("Its ports and slots, the instances that run it now, and the demand for it.")
            .Produces<EngineAnswer>()
            .ProducesErrors(404, 503);
        engines.MapPut("/{engineId}", static (string engineId, HttpContext http, EngineRegistrations engines) => engines.PutAsync(engineId, http))
            .For(Access.Administer)
            .WithName("putEngine")
            .WithSummary("Register an engine")
            .WithDescription(
                "Sessions that name it are accepted from now on, and wait for its first instance, so that it can start at zero instances. "
                + "Instances register what they declare by themselves: what they run with counts, and another definition is 409 while any of them is there. "
                + "Sending the same again changes nothing.")
            .WithBody<EngineRequest>(Examples.Engine)
            .Produces<EngineAnswer>()
            .Produces<EngineAnswer>(StatusCodes.Status201Created)
            .ProducesErrors(400, 403, 408, 409, 413, 415, 503);
        engines.MapDelete("/{engineId}", static (string engineId, HttpContext http, EngineRegistrations engines) => engines.DeleteAsync(engineId, http.RequestAborted))
            .For(Access.Administer)
            .WithName("deleteEngine")
            .WithSummary("Forget an engine")
            .WithDescription("Sessions that name it are refused again, within some seconds. 409 while instances of it are there, or sessions wait for it.")
            .Produces<EngineRemovedResponse>()
            .ProducesErrors(403, 404, 409, 503);
    }

    private static async Task<IResult> ListAsync(EngineDirectory engines, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Json(
            EnginesResponse.From(await engines.ListAsync(cancellationToken), time.GetUtcNow()), AnswerJson.Context.EnginesResponse);
}
