using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Http;

/// <summary>Tells whether a body is plain UTF-8, the only form of JSON that goes from one system to another (RFC 8259).</summary>
internal static class BodyEncoding
{
    // All of ASCII is UTF-8.
    private static readonly string[] Charsets = ["utf-8", "utf8", "us-ascii", "ascii"];

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether the headers say nothing else.</summary>
    public static bool IsPlain(HttpRequest request) =>
        request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding).All(coding => coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        && (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.Charset.Length == 0
            || Charsets.Contains(HeaderUtilities.RemoveQuotes(type.Charset).Value, StringComparer.OrdinalIgnoreCase));

    /// <summary>The body behind its byte order mark, which some clients write although none is wanted.</summary>
    public static ReadOnlyMemory<byte> SkipMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith(Mark) ? body[Mark.Length..] : body;
}
