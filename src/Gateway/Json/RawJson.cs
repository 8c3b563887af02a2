using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlueEdge.Gateway.Json;

/// <summary>A JSON value that goes into an answer as it is, however deep.</summary>
/// <param name="Utf8">Its text; what engines write is to be checked before.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    // Deeper than any item can be.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Whether it is one JSON value: an engine may have said so of bytes that are none, and one of these breaks a whole answer.</summary>
    public static bool IsOne(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var json = new Utf8JsonReader(utf8, AnyDepth);
            while (json.Read())
            {
                // Throws where it is none, or where a second value follows.
            }

            return System.Text.Unicode.Utf8.IsValid(utf8);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
