using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BlueEdge.Channels;

namespace BlueEdge.Testing;

/// <summary>One item that an engine under test wrote.</summary>
/// <param name="payload">As readers would get it.</param>
/// <param name="bytes">Its content.</param>
public sealed class EngineTestItem(Payload payload, ReadOnlyMemory<byte> bytes)
{
    /// <summary>As readers would get it: with a reference in place of the content where that is large.</summary>
    public Payload Payload { get; } = payload;

    /// <summary>Its content, wherever it lay.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>For example <c>image/png</c>.</summary>
    public string MediaType => Payload.MediaType;

    /// <summary>Which items it belongs to, or <see langword="null"/>.</summary>
    public string? Key => Payload.Envelope?.Key;

    /// <summary>Words about it; none by default.</summary>
    public ImmutableArray<string> Tags => Payload.Envelope?.Tags ?? [];

    /// <summary>Small facts about it, as a JSON object, or <see langword="null"/>.</summary>
    public JsonElement? Attributes => Payload.Envelope?.ReadAttributes();

    /// <summary>Its content as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>Its content as a JSON value.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Bytes);
        return document.RootElement.Clone();
    }

    /// <summary>Its content read from JSON with the web defaults.</summary>
    /// <exception cref="JsonException">It does not fit.</exception>
    public T Json<T>() => JsonSerializer.Deserialize<T>(Bytes.Span, JsonSerializerOptions.Web) ?? throw new JsonException("The item is null.");
}
