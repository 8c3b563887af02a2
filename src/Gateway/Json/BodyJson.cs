using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace BlueEdge.Gateway.Json;

/// <summary>Starts and ends the reading of a body.</summary>
internal static class BodyJson
{
    // Deeper than this no serializer of the engines' side would read it either.
    private const int Depth = 128;

    /// <summary>A reader that stands at the body's one value.</summary>
    /// <exception cref="JsonException">The body is no JSON; it says where.</exception>
    public static Utf8JsonReader Start(ReadOnlySpan<byte> body)
    {
        // The reader itself takes bytes that are no UTF-8 for granted, and payloads are handed on as they are.
        if (!Utf8.IsValid(body))
        {
            throw NotUtf8(body);
        }

        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Depth });
        json.Read();
        return json;
    }

    /// <summary>Checks that nothing follows the value.</summary>
    /// <exception cref="JsonException">Something does.</exception>
    public static void End(ref Utf8JsonReader json) => json.Read();

    private static JsonException NotUtf8(ReadOnlySpan<byte> body)
    {
        long line = 0, position = 0;
        while (Rune.DecodeFromUtf8(body, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            (line, position) = rune.Value == '\n' ? (line + 1, 0) : (line, position + length);
            body = body[length..];
        }

        return new JsonException("The text is not UTF-8.", path: null, line, position);
    }
}
