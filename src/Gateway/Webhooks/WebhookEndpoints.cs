using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>What became of sessions' webhooks, and how to try them.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("Webhooks");
        api.MapGet("/sessions/{sessionId}/webhooks", ReadAsync)
            .For(Access.Read)
            .WithName("getWebhooks")
            .WithSummary("Read what became of a session's webhooks")
            .WithDescription(WebhookDocs.Read)
            .Produces<SessionWebhooksResponse>()
            .ProducesErrors(404, 503);
        api.MapPost("/sessions/{sessionId}/webhooks/{deliveryId}/redeliver", RedeliverAsync)
            .For(Access.Operate)
            .WithName("redeliverEvent")
            .WithSummary("Send an event to a webhook once more")
            .WithDescription(WebhookDocs.Redeliver)
            .Produces<RedeliveryResponse>()
            .ProducesErrors(403, 404, 503);
        api.MapPost("/webhooks/test", static (HttpContext http, WebhookTests tests) => tests.CallAsync(http))
            .For(Access.Submit)
            .WithName("testWebhook")
            .WithSummary("Call a receiver with a test")
            .WithDescription(WebhookDocs.Test)
            .WithBody<WebhookTestRequest>(Examples.WebhookTest)
            .Produces<WebhookTestResponse>()
            .ProducesErrors(400, 403, 408, 413, 415, 503);
    }

    private static async Task<IResult> ReadAsync(string sessionId, HttpContext http, SessionClient sessions) =>
        SessionIds.IsValid(sessionId) && await sessions.ReadWebhooksAsync(sessionId, http.RequestAborted) is { } webhooks
            ? TypedResults.Json(SessionWebhooksResponse.From(sessionId, webhooks), AnswerJson.Context.SessionWebhooksResponse)
            : ErrorAnswer.UnknownSession(sessionId);

    private static async Task<IResult> RedeliverAsync(string sessionId, string deliveryId, SessionClient sessions) =>
        DeliveryId.TryParse(deliveryId, out var id) && string.Equals(id.SessionId, sessionId, StringComparison.Ordinal) && await sessions.RedeliverAsync(id) is { } delivery
            ? TypedResults.Json(RedeliveryResponse.From(sessionId, delivery), AnswerJson.Context.RedeliveryResponse)
            : new ErrorAnswer(
                StatusCodes.Status404NotFound,
                $"Session '{Shown.Short(sessionId)}' has no delivery '{Shown.Short(deliveryId)}', or its event is not kept any more, or there is no such session, or none any more.");
}
