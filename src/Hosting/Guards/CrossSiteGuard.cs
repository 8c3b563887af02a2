using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting.Guards;

/// <summary>
/// Refuses calls that change something where a page of another site has a browser make them. What only reads needs no guard: no
/// header of ours lets another site's page see the answer. A socket is guarded, which browsers let any page open and read.
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next, IOptions<HttpGuardOptions> options, Refusal refuse)
{
    private readonly string[] _allowed = options.Value.Origins;

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        return IsRead(request) || !IsForeign(request)
            ? next(http)
            : refuse(
                http,
                StatusCodes.Status403Forbidden,
                $"A page of another site ({Shown.Short(request.Headers.Origin.ToString() is { Length: > 0 } origin ? origin : "without a name")}) may not change anything or open a socket here. If it is yours, add its origin to BlueEdge:Gateway:AllowedOrigins.");
    }

    private static bool IsRead(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) && request.Headers.Upgrade.Count == 0;

    private bool IsForeign(HttpRequest request) =>
        request.Headers.Origin is [var origin]
            ? !_allowed.Contains(origin, StringComparer.OrdinalIgnoreCase) && (!IsOwn(origin, request.Host) || IsFromElsewhere(request))
            : request.Headers.Origin.Count > 1 || IsFromElsewhere(request);

    /// <summary>Whether the browser says so itself. It says none where somebody typed the address.</summary>
    private static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].Any(site => site is not ("same-origin" or "none"));

    /// <summary>Whatever the scheme: a proxy may end TLS.</summary>
    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && page.Port == (host.Port ?? (page.Scheme is "https" ? 443 : 80));
}
