using System.Text.Json;

namespace BlueEdge.Channels;

/// <summary>One item: its content, as bytes that travel with it or a reference into the blob store, and what it says of itself.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.payload")]
public sealed record Payload
{
    /// <summary>The media type of JSON payloads.</summary>
    public const string JsonMediaType = "application/json";

    /// <summary>The type of the channel it is meant for.</summary>
    [Id(0)]
    public required ChannelType Type { get; init; }

    /// <summary>For example <c>image/png</c>; JSON is always <c>application/json</c>.</summary>
    [Id(1)]
    public required string MediaType { get; init; }

    /// <summary>The bytes; empty where <see cref="Blob"/> is set. Never changed after the payload was made.</summary>
    [Id(2)]
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Where the bytes lie, or <see langword="null"/> where they are in <see cref="Bytes"/>.</summary>
    [Id(3)]
    public BlobReference? Blob { get; init; }

    /// <summary>The content's length in bytes, wherever it lies.</summary>
    [Id(4)]
    public required long Length { get; init; }

    /// <summary>What the item says of itself beside its content; <see langword="null"/> where that is nothing.</summary>
    [Id(5)]
    public ItemEnvelope? Envelope { get; init; }

    /// <summary>A JSON payload of UTF-8 text that the caller has checked to be one JSON value.</summary>
    public static Payload Json(ReadOnlyMemory<byte> utf8) => Inline(ChannelType.Json, JsonMediaType, utf8);

    /// <summary>A payload that travels with its item.</summary>
    public static Payload Inline(ChannelType type, string mediaType, ReadOnlyMemory<byte> bytes) =>
        new() { Type = type, MediaType = mediaType, Bytes = bytes, Length = bytes.Length };

    /// <summary>A payload that lies in the blob store.</summary>
    public static Payload ByReference(ChannelType type, string mediaType, BlobReference blob, long length) =>
        new() { Type = type, MediaType = mediaType, Blob = blob, Length = length };

    /// <summary>The payload with what the options say of it; what they leave out stays.</summary>
    public Payload With(ItemOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var envelope = Envelope ?? new();
        return this with
        {
            Envelope = envelope with
            {
                Key = options.Key ?? envelope.Key,
                Tags = options.Tags is { } tags ? [.. tags] : envelope.Tags,
                Attributes = options.Attributes is { } attributes
                    ? JsonSerializer.SerializeToUtf8Bytes(attributes, JsonSerializerOptions.Web)
                    : envelope.Attributes,
            },
        };
    }
}
