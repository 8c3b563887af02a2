using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Http;

/// <summary>Tells JSON bodies from others.</summary>
internal static class ContentTypes
{
    /// <summary>Whether the body says that it is JSON, or does not say what it is.</summary>
    public static bool IsJson(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType)
        || request.ContentType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.MatchesMediaType("application/json") || type.MatchesMediaType("text/json")
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)));
}
