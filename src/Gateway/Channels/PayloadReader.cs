using System.Text.Json;
using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Channels;

/// <summary>
/// Makes payloads of what a caller sent. JSON is taken as it is; the other types are base64, a data: URL,
/// <c>{"mediaType", "data"}</c> with either in data, or <c>{"blob"}</c> with the id of an upload.
/// </summary>
internal static class PayloadReader
{
    // A body that is held for a small part of it is a waste; below this nobody minds.
    private const int HeldBody = 64 * 1024;

    private static readonly MemberNames Members = new("mediaType", "data", "blob");

    /// <summary>Reads the value at which <paramref name="faults"/> stands.</summary>
    public static Payload Read(ReadOnlyMemory<byte> body, RawValue value, ChannelType type, BodyFaults faults)
    {
        var bytes = value.In(body);
        if (type == ChannelType.Json)
        {
            return Payload.Json(body.Length > HeldBody && body.Length / 4 > bytes.Length ? bytes.ToArray() : bytes);
        }

        if (!ChannelTypes.IsKnown(type))
        {
            return new() { Type = type, MediaType = MediaTypes.Unknown, Length = 0 };
        }

        var json = new Utf8JsonReader(bytes.Span);
        json.Read();
        var (mediaType, content, blob) = json.TokenType switch
        {
            JsonTokenType.String => (null, Base64Text.Read(ref json), null),
            JsonTokenType.StartObject => ReadObject(ref json),
            _ => default,
        };
        if (content is null == blob is null)
        {
            faults.Add(FaultCodes.TypeMismatch, $"A payload of type {type} is base64, a data: URL, or an object of mediaType and either data or blob.");
            return Payload.Inline(type, MediaTypes.Unknown, default);
        }

        var upload = BlobId.TryParse(blob);
        if (blob is not null && upload is null)
        {
            faults.Add(FaultCodes.Malformed, $"'{Shown.Short(blob)}' is no id of a blob: POST /api/v1/blobs gives one.");
            return Payload.Inline(type, MediaTypes.Unknown, default);
        }

        mediaType ??= content?.MediaType;
        if (mediaType is not null && !MediaTypes.IsValid(mediaType))
        {
            faults.Add(FaultCodes.TypeMismatch, $"'{Shown.Short(mediaType)}' is no media type.");
            return Payload.Inline(type, MediaTypes.Unknown, default);
        }

        // Its session looks for it, and finds out how long it is.
        if (upload is not null)
        {
            return Payload.ByReference(type, mediaType ?? upload.MediaType, upload.UploadOf(Caller.Current.NamedTenant), length: 0);
        }

        var decoded = content is { Bytes: var bytesOfIt } ? bytesOfIt : throw new InvalidOperationException("Either of the two is there.");
        if (mediaType is null)
        {
            mediaType = MediaTypeSniffer.Guess(decoded) ?? MediaTypes.Unknown;
            if (type == ChannelType.Image && mediaType is "image/heic" or "image/avif")
            {
                faults.Add(
                    FaultCodes.TypeMismatch,
                    $"The picture is {(mediaType is "image/heic" ? "HEIC" : "AVIF")}, which few engines read. Send JPEG, PNG, WebP, GIF, BMP or TIFF; for an engine that reads it, say so with \"mediaType\": \"{mediaType}\".");
            }
        }

        return Payload.Inline(type, mediaType, decoded);
    }

    private static (string? MediaType, Base64Text? Content, string? Blob) ReadObject(ref Utf8JsonReader json)
    {
        // What is wrong inside the object is one fault: that it is no payload.
        var ignored = new BodyFaults();
        string? mediaType = null;
        Base64Text? content = null;
        string? blob = null;
        for (var members = new ObjectWalk(Members, ignored); members.Next(ref json, out var member);)
        {
            if (member is "mediaType")
            {
                mediaType = JsonValues.String(ref json, ignored);
            }
            else if (member is "blob")
            {
                blob = JsonValues.String(ref json, ignored);
            }
            else if (JsonValues.Expect(ref json, JsonTokenType.String, "base64", ignored))
            {
                content = Base64Text.Read(ref json);
            }
        }

        return ignored.Any || mediaType is "" ? default : (mediaType, content, blob);
    }
}
