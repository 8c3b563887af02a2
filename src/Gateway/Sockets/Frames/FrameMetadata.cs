using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Channels;
using BlueEdge.Gateway.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sockets.Frames;

/// <summary>What a client says of an item beside its content. Pure.</summary>
internal sealed record FrameMetadata
{
    private static readonly MemberNames Members = new("mediaType", "blob", "key", "tags", "attributes");

    /// <summary>Of an item that says nothing.</summary>
    public static FrameMetadata None { get; } = new();

    /// <summary>What the content is; guessed from it where it is left out.</summary>
    public string? MediaType { get; init; }

    /// <summary>The id of the upload that is the item's content, where that is not in the frame.</summary>
    public string? Blob { get; init; }

    /// <summary>What the item says of itself.</summary>
    public ItemEnvelope? Envelope { get; init; }

    /// <summary>Reads it; what does not hold of it is a fault with its pointer.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static FrameMetadata Read(ReadOnlyMemory<byte> utf8, BodyFaults faults)
    {
        if (utf8.IsEmpty)
        {
            return None;
        }

        var json = BodyJson.Start(utf8.Span);
        string? mediaType = null, blob = null;
        var envelope = new RawEnvelope();
        if (ObjectWalk.BeginRoot(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "mediaType": mediaType = JsonValues.String(ref json, faults); break;
                    case "blob": blob = JsonValues.String(ref json, faults); break;
                    default: envelope.Read(member, ref json, faults); break;
                }
            }
        }

        BodyJson.End(ref json);
        var said = envelope.In(utf8);
        if (said is not null && !faults.Any)
        {
            EnvelopeRules.Check(said, place: "", faults);
        }

        return new() { MediaType = mediaType, Blob = blob, Envelope = said };
    }
}
