using BlueEdge.Auditing;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.OpenApi;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auditing;

/// <summary>Who did what.</summary>
internal static class AuditEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        new("kind", "string", "Only records of this kind: change, submission or refusal."),
        new("tenant", "string", "Only those on behalf of this tenant."),
        new("actor", "string", "Only those of this key's id, or of this token's subject."),
        new("action", "string", "Only those of this operation, by its id in this document."),
        new("limit", "integer", "At most so many, 1 to 200; 50 where it is left out."),
        new("cursor", "string", "Where to go on: `data.nextCursor` of the page before."),
    ];

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit", ReadAsync)
            .For(Access.Administer)
            .WithName("readAudit")
            .WithTags("Operations")
            .WithSummary("Read who did what")
            .WithDescription(
                "Each call that changes something and each that was refused, of all tenants, the newest first; the same by the same caller within about a second is one record with its `count`. "
                + "What this gateway has seen is there at once, what others have within about a second. The newest 100,000 of each kind are kept, unless configured. 409 where callers are not told apart.")
            .WithQuery(Parameters)
            .Produces<AuditResponse>()
            .ProducesErrors(400, 409, 503);

    private static async Task<IResult> ReadAsync(HttpContext http, AuditTrail trail, AuditClient client, IOptions<AuthOptions> auth)
    {
        if (auth.Value.IsOpen)
        {
            return new ErrorAnswer(StatusCodes.Status409Conflict, "Callers are not told apart here, and there is no audit: set BlueEdge:Auth:Mode (docs/security.md).");
        }

        QueryReader reader = new(http.Request.Query);
        var query = Read(reader);
        if (reader.Errors is not [])
        {
            return ErrorAnswer.Invalid(reader.Errors);
        }

        await trail.FlushAsync(http.RequestAborted);
        var page = await client.ReadAsync(query, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new AuditResponse { Data = new() { Records = [.. page.Records.Select(AuditItem.Of)], NextCursor = page.Next?.ToString() } }, AnswerJson.Context.AuditResponse);
    }

    private static AuditQuery Read(QueryReader query)
    {
        AuditQuery all = new();
        return all with
        {
            Kind = AuditKindNames.Parse(query.OneOf("kind", AuditKindNames.All)),
            Tenant = query.Text("tenant"),
            Actor = query.Text("actor"),
            Action = query.Text("action"),
            Limit = (int)(query.Integer("limit", 1, AuditQuery.LargestLimit) ?? all.Limit),
            Before = query.Text("cursor", text => AuditPosition.Parse(text) is not null, "is no cursor: pass on data.nextCursor of the page before, or none") is { } cursor ? AuditPosition.Parse(cursor) : null,
        };
    }
}
