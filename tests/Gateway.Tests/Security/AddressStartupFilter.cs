using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Has calls come from where they say.</summary>
internal sealed class AddressStartupFilter : IStartupFilter
{
    public const string Header = "X-From";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            if (http.Request.Headers[Header] is [{ } address])
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse(address);
            }

            return rest(http);
        });
        next(app);
    };
}
