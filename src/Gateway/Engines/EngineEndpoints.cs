using BlueEdge.Gateway.OpenApi;

namespace BlueEdge.Gateway.Engines;

/// <summary>What engines there are, and how busy.</summary>
internal static class EngineEndpoints
{
    public static void MapEngines(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/engines", ListAsync)
            .WithName("listEngines")
            .WithTags("Engines")
            .WithSummary("List the engines")
            .WithDescription("Each engine that ever joined: its ports and slots, the instances that run it now, and the demand for it.")
            .Produces<EnginesResponse>()
            .ProducesErrors(503);

    private static async Task<IResult> ListAsync(EngineDirectory engines, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Json(
            EnginesResponse.From(await engines.ListAsync(cancellationToken), time.GetUtcNow()), GatewayJson.Default.EnginesResponse);
}
