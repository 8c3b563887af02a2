using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Operations;

/// <summary>What an operator asks first: of what the system consists, and what is the matter with it.</summary>
internal static class SystemEndpoint
{
    public static void MapSystem(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/system", ReadAsync)
            .For(Access.Operate)
            .WithName("readSystem")
            .WithTags("Operations")
            .WithSummary("Read how the system fares")
            .WithDescription(
                "The silos and engine hosts that are members now, with their versions; whether the store answers; whether items go through Kafka; "
                + "how many webhooks are behind; and whether the API is open to whoever reaches it.")
            .Produces<SystemResponse>()
            .ProducesErrors(503);

    private static async Task<IResult> ReadAsync(SessionClient cluster, IOptions<AuthOptions> auth, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            SystemResponse.From(await cluster.ReadSystemAsync(cancellationToken), auth.Value.IsOpen), AnswerJson.Context.SystemResponse);
    }
}
