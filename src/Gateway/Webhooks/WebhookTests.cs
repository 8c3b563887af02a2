using System.Text.Json;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Json;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Outbound;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>Has receivers called with a test, by a silo: what a gateway reaches says nothing of what a silo does.</summary>
internal sealed class WebhookTests(SessionClient sessions, CallBudgets budgets, OutboundRules outbound, IOptions<SessionLimits> limits)
{
    public async Task<IResult> CallAsync(HttpContext http)
    {
        var (webhook, refusal) = await ReadAsync(http);
        if (webhook is null)
        {
            return refusal ?? throw new BlueEdgeException("A body was neither read nor refused.");
        }

        var report = await sessions.TestWebhookAsync(webhook, http.RequestAborted);
        return report.Attempt is { } attempt
            ? TypedResults.Json(new WebhookTestResponse { Data = WebhookTestData.From(attempt, report.IsSigned) }, AnswerJson.Context.WebhookTestResponse)
            : ErrorAnswer.Invalid([.. report.Faults.Select(ErrorItem.From)]);
    }

    /// <summary>The body's bytes are held for no longer than they are read.</summary>
    private async Task<(WebhookSpec? Webhook, ErrorAnswer? Refusal)> ReadAsync(HttpContext http)
    {
        using ByteLease lease = new(budgets.Bodies);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, limits.Value.BodyBytes, lease);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        BodyFaults form = new();
        WebhookSpec webhook;
        try
        {
            webhook = WebhookReader.Read(body.Span, form);
        }
        catch (JsonException exception)
        {
            return (null, JsonBody.Malformed(exception));
        }

        var read = form.ToList();
        FaultCollector found = new();
        WebhookValidator.CheckCall(webhook, place: "", outbound, found);
        FaultPlaces unread = new(read.Listed);
        List<ErrorItem> errors = [.. read.Listed.Select(ErrorItem.From), .. found.ToList().Listed.Select(ErrorItem.From).Where(error => !unread.Explain(error))];
        return errors is [] ? (webhook, null) : (null, ErrorAnswer.Invalid(errors, read.Further + found.ToList().Further));
    }
}
