using BlueEdge.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace BlueEdge.Gateway.Tests.Callers;

/// <summary>Stands for authentication: takes callers at their word.</summary>
internal sealed class CallerStartupFilter : IStartupFilter
{
    public const string Header = "X-Tenant";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            if (http.Request.Headers[Header] is [{ } tenant])
            {
                http.Features.Set(new Caller { Tenant = tenant });
            }

            return rest(http);
        });
        next(app);
    };
}
