using System.Diagnostics;
using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Auth;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Http;

/// <summary>
/// Has errors answered in the API's envelope under /api/v1 and where the server refuses what is no request, and as problem
/// details (RFC 9457) everywhere else.
/// </summary>
internal sealed class GatewayStartupFilter(DiagnosticListener server, IOptions<AuthOptions> auth) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        server.Subscribe(new RefusalObserver(), name => name is RefusalObserver.Event);
        app.UseMiddleware<ApiStatusMiddleware>();
        app.UseMiddleware<HeadMiddleware>();
        if (!auth.Value.IsOpen)
        {
            app.UseMiddleware<AuditMiddleware>();
        }

        app.UseWebSockets();
        app.UseWhen(
            http => !ApiRoutes.IsApi(http),
            elsewhere =>
            {
                elsewhere.UseExceptionHandler();
                elsewhere.UseStatusCodePages();
            });
        next(app);
    };
}
