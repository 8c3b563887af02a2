using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Sessions;

namespace BlueEdge.Gateway.Validation;

/// <summary>Says what a body would be told if it were submitted.</summary>
internal sealed class Validations(SessionClient sessions, SessionBodies bodies, CallBudgets budgets)
{
    public async Task<IResult> ValidateAsync(HttpContext http)
    {
        using ByteLease lease = new(budgets.Bodies);
        var body = await bodies.ReadAsync(http, AnySessionReader.Read, lease);
        if (body.Session is not { } parsed)
        {
            return body.Refusal ?? throw new BlueEdgeException("A body was neither read nor refused.");
        }

        var report = await sessions.ValidateAsync(parsed.Spec, body.Bytes.Length, http.RequestAborted);
        return report.Faults.IsEmpty
            ? TypedResults.Json(ValidationResponse.From(parsed, report, http.Request.PathBase), AnswerJson.Context.ValidationResponse)
            : ErrorAnswer.Invalid(FaultReport.ToErrors(report.Faults, parsed.Places), report.FurtherFaults);
    }
}
