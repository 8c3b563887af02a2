using System.Text.Json;

namespace BlueEdge.Grains.Channels;

/// <summary>
/// Finds the blobs that JSON refers to: objects, wherever they stand, of exactly one member <c>blob</c> with a string that begins as
/// ids do. The JSON stays as it is; any other object is data and nothing else.
/// </summary>
internal static class JsonBlobs
{
    private static ReadOnlySpan<byte> Trace => "\"blob-"u8;

    /// <summary>The ids as they are written, each once; not all of them need be ids.</summary>
    public static HashSet<string> Find(ReadOnlySpan<byte> utf8)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        if (utf8.IndexOf(Trace) < 0)
        {
            // Nearly all JSON: it need not be read a second time.
            return found;
        }

        try
        {
            Read(utf8, found);
        }
        catch (JsonException)
        {
            // It did not come by REST: whoever reads it will find out.
        }

        return found;
    }

    private static void Read(ReadOnlySpan<byte> utf8, HashSet<string> found)
    {
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        string? candidate = null;
        for (var before = JsonTokenType.None; json.Read(); before = json.TokenType)
        {
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName:
                    // Only the first member of an object follows its bracket.
                    candidate = before is JsonTokenType.StartObject && !json.ValueIsEscaped && json.ValueTextEquals("blob"u8) ? "" : null;
                    break;
                case JsonTokenType.String when candidate is "" && json.ValueSpan.StartsWith(Trace[1..]) && !json.ValueIsEscaped:
                    candidate = json.GetString();
                    break;
                case JsonTokenType.EndObject when candidate is { Length: > 0 } id && before is JsonTokenType.String:
                    found.Add(id);
                    candidate = null;
                    break;
                default:
                    candidate = null;
                    break;
            }
        }
    }
}
