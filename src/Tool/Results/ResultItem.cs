using System.Globalization;
using System.Text.Json;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.Results;

/// <summary>One item of a channel's results.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Value">As the API shows it.</param>
internal sealed record ResultItem(string Channel, long Index, JsonElement Value)
{
    /// <summary>The media type of what is shown as bytes or as an address; <see langword="null"/> for JSON.</summary>
    public string? MediaType => IsBytes ? Value.GetProperty("mediaType").GetString() : null;

    /// <summary>How many bytes it has.</summary>
    public long Length => IsBytes ? Value.GetProperty("length").GetInt64() : Value.GetRawText().Length;

    private bool IsBytes => Value.ValueKind is JsonValueKind.Object
        && Value.GetPropertyCount() == 3
        && Value.TryGetProperty("mediaType", out var mediaType) && mediaType.ValueKind is JsonValueKind.String
        && Value.TryGetProperty("length", out var length) && length.TryGetInt64(out _)
        && (Value.TryGetProperty("href", out _) || Value.TryGetProperty("data", out _));

    /// <summary>In a line.</summary>
    public override string ToString() => IsBytes ? $"{MediaType}, {Cells.Bytes(Length)}" : Value.GetRawText().ReplaceLineEndings(" ");

    /// <summary>The bytes, where they came with the answer.</summary>
    public bool TryGetBytes(out byte[] bytes)
    {
        bytes = [];
        return Value.TryGetProperty("data", out var data) && data.TryGetBytesFromBase64(out bytes!) && bytes.Length == Length;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("channel", Channel);
        json.WriteNumber("index", Index);
        json.WritePropertyName("item");
        Value.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>Its place as a name.</summary>
    public string Number => Index.ToString(CultureInfo.InvariantCulture);
}
