using BlueEdge.Callers;

namespace BlueEdge.Gateway.Callers;

/// <summary>Who sends a request.</summary>
internal static class RequestCaller
{
    /// <summary>Whom the request's authentication found, a feature of the request; the default tenant where there was none.</summary>
    public static Caller Of(HttpContext http) => http.Features.Get<Caller>() ?? Caller.Default;
}
