using System.Text.Json;
using System.Text.Unicode;

namespace BlueEdge.Channels;

/// <summary>Looks at JSON that others wrote, before it is put into an answer as it is.</summary>
public static class JsonText
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

            return Utf8.IsValid(utf8);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
