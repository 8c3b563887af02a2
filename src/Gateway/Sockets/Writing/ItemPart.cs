using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Channels.Inputs;
using BlueEdge.Gateway.Json;
using BlueEdge.Gateway.Sockets.Frames;
using BlueEdge.Validation;
using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Sockets.Writing;

/// <summary>An item that has come in part.</summary>
/// <param name="header">Its first frame's header.</param>
/// <param name="metadata">What it says of itself.</param>
/// <param name="faults">What is wrong with it.</param>
/// <param name="content">Where its content goes.</param>
internal sealed class ItemPart(FrameHeader header, FrameMetadata metadata, BodyFaults faults, ItemBuffer content)
{
    public long Sequence => header.Sequence;

    /// <summary>Where its content goes; <see langword="null"/> where it is passed over, since it can be no item any more.</summary>
    public ItemBuffer? Content => faults.Any || content.IsOver || IsReference ? null : content;

    /// <summary>What was kept of it.</summary>
    public ItemBuffer Buffer => content;

    private bool IsReference => header.Flags.HasFlag(FrameFlags.Reference);

    /// <summary>Makes an item of it.</summary>
    /// <param name="type">What the channel's items are.</param>
    /// <param name="length">Bytes of content that came.</param>
    /// <param name="most">Bytes that it may have.</param>
    public PendingItem Complete(ChannelType type, long length, int most)
    {
        if (length > most)
        {
            faults.Add("", FaultCodes.TooLarge, $"The item has more than {most} bytes: upload what is larger (POST /api/v1/blobs), and send it by reference.");
        }

        var item = faults.Any ? null : IsReference ? Refer(type, length) : Read(type);
        return new()
        {
            Sequence = header.Sequence,
            Item = item is not null && metadata.Envelope is { } envelope ? item with { Envelope = envelope } : item,
            Bytes = (int)Math.Min(length, int.MaxValue),
            Held = content.Held,
            Fault = faults.ToList().Listed is [var first, ..] ? first with { Pointer = string.Equals(first.Pointer, HeaderNames.ContentType, StringComparison.Ordinal) ? "/mediaType" : first.Pointer } : null,
        };
    }

    private Payload? Read(ChannelType type)
    {
        if (type is ChannelType.Json && metadata.MediaType is not (null or Payload.JsonMediaType))
        {
            faults.Add("/mediaType", FaultCodes.TypeMismatch, $"'{Shown.Short(metadata.MediaType)}' is no media type of {ChannelTypes.Name(type)}.");
            return null;
        }

        var items = ItemReader.ReadOne(content.Take(), metadata.MediaType, type, faults);
        return items is [var only] ? only : null;
    }

    private Payload? Refer(ChannelType type, long length)
    {
        if (length > 0)
        {
            faults.Add("", FaultCodes.NotAllowed, "An item by reference has no content.");
        }
        else if (type is ChannelType.Json)
        {
            faults.Add("/blob", FaultCodes.TypeMismatch, "An item of a JSON channel names uploads in its content, as {\"blob\": \"blob-…\"}.");
        }
        else if (BlobId.TryParse(metadata.Blob) is not { } upload)
        {
            faults.Add("/blob", FaultCodes.Malformed, $"'{Shown.Short(metadata.Blob ?? "")}' is no id of a blob: POST /api/v1/blobs gives one.");
        }
        else if (metadata.MediaType is { } mediaType && !MediaTypes.IsValid(mediaType))
        {
            faults.Add("/mediaType", FaultCodes.TypeMismatch, $"'{Shown.Short(mediaType)}' is no media type.");
        }
        else
        {
            return Payload.ByReference(type, metadata.MediaType ?? upload.MediaType, upload.UploadOf(Caller.Current.NamedTenant), length: 0);
        }

        return null;
    }
}
