using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Validation;
using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Channels;

/// <summary>
/// Makes payloads of what a caller sent. JSON is taken as it is; the other types are base64, a data: URL, or
/// <c>{"mediaType", "data"}</c> with either in data.
/// </summary>
internal static class PayloadReader
{
    private const string UnknownMediaType = "application/octet-stream";

    // A body that is held for a small part of it is a waste; below this nobody minds.
    private const int HeldBody = 64 * 1024;

    private static readonly MemberNames Members = new("mediaType", "data");

    /// <summary>Reads the value at which <paramref name="faults"/> stands.</summary>
    public static Payload Read(ReadOnlyMemory<byte> body, RawValue value, ChannelType type, BodyFaults faults)
    {
        var bytes = value.In(body);
        if (type == ChannelType.Json)
        {
            return Payload.Json(body.Length > HeldBody && body.Length / 4 > bytes.Length ? bytes.ToArray() : bytes);
        }

        if (!Enum.IsDefined(type))
        {
            return new() { Type = type, MediaType = UnknownMediaType, Length = 0 };
        }

        var json = new Utf8JsonReader(bytes.Span);
        json.Read();
        var (mediaType, content) = json.TokenType switch
        {
            JsonTokenType.String => (null, Base64Text.Read(ref json)),
            JsonTokenType.StartObject => ReadObject(ref json),
            _ => (null, null),
        };
        if (content is not { } read)
        {
            faults.Add(FaultCodes.TypeMismatch, $"A payload of type {type} is base64, a data: URL, or an object of mediaType and data.");
            return Payload.Inline(type, UnknownMediaType, default);
        }

        mediaType ??= read.MediaType;
        if (mediaType is not null && !MediaTypeHeaderValue.TryParse(mediaType, out _))
        {
            faults.Add(FaultCodes.TypeMismatch, $"'{Shown.Short(mediaType)}' is no media type.");
            return Payload.Inline(type, UnknownMediaType, default);
        }

        if (mediaType is null)
        {
            mediaType = MediaTypeSniffer.Guess(read.Bytes) ?? UnknownMediaType;
            if (type == ChannelType.Image && mediaType is "image/heic" or "image/avif")
            {
                faults.Add(
                    FaultCodes.TypeMismatch,
                    $"The picture is {(mediaType is "image/heic" ? "HEIC" : "AVIF")}, which few engines read. Send JPEG, PNG, WebP, GIF, BMP or TIFF; for an engine that reads it, say so with \"mediaType\": \"{mediaType}\".");
            }
        }

        return Payload.Inline(type, mediaType, read.Bytes);
    }

    private static (string? MediaType, Base64Text? Content) ReadObject(ref Utf8JsonReader json)
    {
        // What is wrong inside the object is one fault: that it is no payload.
        var ignored = new BodyFaults();
        string? mediaType = null;
        Base64Text? content = null;
        for (var members = new ObjectWalk(Members, ignored); members.Next(ref json, out var member);)
        {
            if (member is "mediaType")
            {
                mediaType = JsonValues.String(ref json, ignored);
            }
            else if (JsonValues.Expect(ref json, JsonTokenType.String, "base64", ignored))
            {
                content = Base64Text.Read(ref json);
            }
        }

        return ignored.Any || mediaType is "" ? (null, null) : (mediaType, content);
    }
}
