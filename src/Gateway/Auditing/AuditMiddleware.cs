namespace BlueEdge.Gateway.Auditing;

/// <summary>Records who did what, and what they were not let do. It stands around authentication too.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditTrail trail)
{
    public async Task InvokeAsync(HttpContext http)
    {
        AuditedCall call = new(http, trail);
        http.Features.Set(call);

        // Before the caller is told: who has the answer finds it in the audit.
        http.Response.OnStarting(
            static state =>
            {
                ((AuditedCall)state).End();
                return Task.CompletedTask;
            },
            call);
        try
        {
            await next(http);
        }
        finally
        {
            call.End();
        }
    }
}
