namespace BlueEdge.Gateway.Http;

/// <summary>Has errors answered in the API's envelope under /api/v1, and as problem details (RFC 9457) everywhere else.</summary>
internal sealed class GatewayStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ApiStatusMiddleware>();
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
