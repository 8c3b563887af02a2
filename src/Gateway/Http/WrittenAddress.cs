using Microsoft.AspNetCore.Http.Features;

namespace BlueEdge.Gateway.Http;

/// <summary>The address of a request as it came.</summary>
internal static class WrittenAddress
{
    /// <summary>
    /// A part of it, without its escapes: the server has unescaped all of what a route is given but slashes, so that there one
    /// that was escaped looks like the text <c>%2F</c>.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="fromEnd">Which part: 0 is the last.</param>
    /// <returns>The part, or <see langword="null"/> where the address has not so many.</returns>
    public static string? Part(HttpContext http, int fromEnd)
    {
        var parts = http.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].TrimEnd('/').Split('/') ?? [];
        return fromEnd < parts.Length ? Uri.UnescapeDataString(parts[^(fromEnd + 1)]) : null;
    }
}
