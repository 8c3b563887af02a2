using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace BlueEdge.Load.Sockets;

/// <summary>What came by a socket. Its bytes are valid until the next one is received.</summary>
/// <param name="Kind">A control message is text, an item binary.</param>
/// <param name="Bytes">The whole message.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LiveMessage(WebSocketMessageType Kind, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether it is an item, or a piece of one.</summary>
    public bool IsItem => Kind is WebSocketMessageType.Binary;

    /// <summary>Whether an item is whole with it.</summary>
    public bool IsLastPiece => (Bytes.Span[1] & 1) == 0;

    /// <summary>The item's place: the attempt that wrote it, and its offset there.</summary>
    public (int Epoch, long Offset) Place => (BinaryPrimitives.ReadInt32LittleEndian(Bytes.Span[4..]), BinaryPrimitives.ReadInt64LittleEndian(Bytes.Span[8..]));

    /// <summary>The item's content.</summary>
    public ReadOnlyMemory<byte> Content => Bytes[(LiveSocket.HeaderSize + BinaryPrimitives.ReadInt32LittleEndian(Bytes.Span[16..]))..];

    /// <summary>What a control message says; a closed socket says nothing.</summary>
    public JsonElement Control => Kind is WebSocketMessageType.Text
        ? JsonElement.Parse(Bytes.Span)
        : throw new InvalidOperationException("It is no control message.");

    /// <summary>Whether a control message is of that type, found without reading it: its type comes first.</summary>
    public bool Is(ReadOnlySpan<byte> type) => Kind is WebSocketMessageType.Text && Bytes.Span.StartsWith("{\"type\":\""u8) && Bytes.Span["{\"type\":\"".Length..].StartsWith(type);

    public override string ToString() => IsItem ? $"item {Place}" : Encoding.UTF8.GetString(Bytes.Span);
}
