using Microsoft.AspNetCore.Http;

namespace BlueEdge.Hosting.Guards;

/// <summary>
/// Refuses calls by a name that is not the process's. Health is told under any: probes of an orchestrator use the machine's
/// address, and it says nothing.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, AllowedHosts allowed, Refusal refuse)
{
    public Task InvokeAsync(HttpContext http) =>
        allowed.Contain(http.Request.Host, http.Connection.LocalIpAddress) || http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
            ? next(http)
            : refuse(
                http,
                StatusCodes.Status421MisdirectedRequest,
                $"'{Shown.Short(http.Request.Host.Value ?? "")}' is no name of this process. If it is meant to be one, add it to BlueEdge:Gateway:AllowedHosts.");
}
