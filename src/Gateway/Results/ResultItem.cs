using System.Runtime.InteropServices;
using BlueEdge.Channels;

namespace BlueEdge.Gateway.Results;

/// <summary>One item of an answer.</summary>
/// <param name="Payload">The item.</param>
/// <param name="Content">Its bytes where they go into the answer, or <see langword="null"/> where the answer links to them.</param>
/// <param name="IsJson">Whether these are JSON, and so go into it as they are.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ResultItem(Payload Payload, ReadOnlyMemory<byte>? Content, bool IsJson)
{
    // About what the members around an item's bytes take.
    private const int Frame = 128;

    /// <summary>About how many bytes it takes in the answer.</summary>
    public long Size => (Payload.Envelope?.Size ?? 0) + (Content is not { } content ? Frame + Payload.MediaType.Length
        : IsJson ? content.Length
        : Frame + Payload.MediaType.Length + (content.Length * 4L / 3));
}
