using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BlueEdge.SiloHosting.Dashboard;

/// <summary>Keeps strangers from the dashboard, which shows the state of grains and has no authentication of its own.</summary>
internal sealed class DashboardAccess(IServer server, IOptions<DashboardAccessOptions> options) : IEndpointFilter
{
    private readonly Lazy<bool> _reachable = new(() => IsReachable(server));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (options.Value.Key is not { } key)
        {
            return _reachable.Value
                ? TypedResults.Problem("The dashboard is off, since this process is reachable from other machines. Set BlueEdge:Dashboard:Key.", statusCode: 403)
                : await next(context);
        }

        if (IsKey(context.HttpContext.Request.Headers.Authorization.ToString(), key))
        {
            return await next(context);
        }

        context.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"BlueEdge dashboard\", charset=\"UTF-8\"";
        return TypedResults.Problem("The password is BlueEdge:Dashboard:Key; any user name will do.", statusCode: 401);
    }

    private static bool IsReachable(IServer server) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses is not { Count: > 0 } addresses || !addresses.All(IsLoopback);

    private static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static bool IsKey(string authorization, string key)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var given = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", given, out var length))
        {
            return false;
        }

        var password = given.AsSpan(0, length);
        password = password[(password.IndexOf((byte)':') + 1)..];
        return CryptographicOperations.FixedTimeEquals(password, Encoding.UTF8.GetBytes(key));
    }
}
