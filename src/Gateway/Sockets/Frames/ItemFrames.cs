using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Results;

namespace BlueEdge.Gateway.Sockets.Frames;

/// <summary>Makes the frames that items go to listeners in. The content is not copied. Pure.</summary>
internal static class ItemFrames
{
    private static readonly JsonWriterOptions Options = new() { Encoder = AnswerJson.Encoder, SkipValidation = true };

    /// <summary>An item's first frame, or its only one.</summary>
    /// <param name="header">Its header but for the length of the metadata.</param>
    /// <param name="item">The item.</param>
    /// <param name="content">The content, or the begin of it.</param>
    /// <param name="href">Where the content is read, where it is not sent.</param>
    public static OutFrame First(FrameHeader header, Payload item, ReadOnlyMemory<byte> content, string? href = null)
    {
        if (item is { Type: ChannelType.Json, Envelope: null } && href is null && !header.Flags.HasFlag(FrameFlags.More))
        {
            return Rest(header, content);
        }

        var head = new ArrayBufferWriter<byte>(512);
        head.Advance(Clear(head.GetSpan(FrameHeader.Size)));
        using (var json = new Utf8JsonWriter(head, Options))
        {
            json.WriteStartObject();
            json.WriteMedia(item);
            if (item.Envelope is { } envelope)
            {
                json.WriteEnvelope(envelope);
            }

            if (href is not null)
            {
                json.WriteString("href"u8, href);
            }

            json.WriteEndObject();
        }

        var bytes = head.WrittenSpan.ToArray();
        (header with { MetadataLength = bytes.Length - FrameHeader.Size }).Write(bytes);
        return new(WebSocketMessageType.Binary, bytes, content);
    }

    /// <summary>A frame without metadata: a later one of its item, or one of an item that says nothing.</summary>
    public static OutFrame Rest(FrameHeader header, ReadOnlyMemory<byte> content)
    {
        var head = new byte[FrameHeader.Size];
        header.Write(head);
        return new(WebSocketMessageType.Binary, head, content);
    }

    private static int Clear(Span<byte> span)
    {
        span[..FrameHeader.Size].Clear();
        return FrameHeader.Size;
    }
}
