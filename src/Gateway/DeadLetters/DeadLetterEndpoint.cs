using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.DeadLetters;

/// <summary>What sessions failed on.</summary>
internal static class DeadLetterEndpoint
{
    public static void MapDeadLetters(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sessions/{sessionId}/dead-letters", ReadAsync)
            .For(Access.Read)
            .WithName("getDeadLetters")
            .WithTags("Sessions")
            .WithSummary("Read the items a session failed on")
            .WithDescription("The items that failed engines had in hand in the last attempt of a session that failed for good. Where a process died, that of each of its engines.")
            .Produces<DeadLettersResponse>()
            .ProducesErrors(404, 503);

    private static async Task<IResult> ReadAsync(string sessionId, HttpContext http, SessionClient sessions) =>
        SessionIds.IsValid(sessionId) && await sessions.ReadDeadLettersAsync(sessionId, http.RequestAborted) is { } letters
            ? TypedResults.Json(DeadLettersResponse.From(letters), AnswerJson.Context.DeadLettersResponse)
            : ErrorAnswer.UnknownSession(sessionId);
}
