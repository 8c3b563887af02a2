using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Http.Streams;

/// <summary>Whether a caller wants server-sent events.</summary>
internal static class StreamMedia
{
    public const string Type = "text/event-stream";
    private const string Json = "application/json";

    /// <summary>Whether they are asked for by name, and no less than JSON is: who takes anything gets what there was first.</summary>
    public static bool IsAskedFor(HttpRequest request)
    {
        var accepted = Accepted(request);
        return QualityOf(accepted, Type) is { } quality && quality > 0 && quality >= (QualityOf(accepted, Json) ?? 0);
    }

    /// <summary>Whether the caller takes them at all.</summary>
    public static bool IsTaken(HttpRequest request) => Accepted(request) is var accepted
        && (accepted.Count == 0 || accepted.Any(each => each.Quality is not 0
            && (each.MatchesAllTypes || (each.MatchesAllSubTypes && each.Type.Equals("text", StringComparison.OrdinalIgnoreCase)) || IsOf(each, Type))));

    private static IList<MediaTypeHeaderValue> Accepted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) ? accepted : [];

    private static double? QualityOf(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(each => IsOf(each, type)).Select(each => (double?)(each.Quality ?? 1)).FirstOrDefault();

    private static bool IsOf(MediaTypeHeaderValue value, string type) => value.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
