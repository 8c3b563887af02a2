using System.Runtime.InteropServices;
using BlueEdge.Channels;
using Orleans.Serialization;

namespace BlueEdge.Store.Sqlite.Results;

/// <summary>Items as they are stored: JSON that says nothing of itself as it is, all others serialized.</summary>
internal sealed class SqlitePayloads(Serializer<Payload> serializer)
{
    /// <summary>Begins what is not JSON alone; no JSON text begins so.</summary>
    private const byte Serialized = 0;

    public byte[] Encode(Payload payload) => payload is { Type: ChannelType.Json, Blob: null, Envelope: null }
        ? MemoryMarshal.TryGetArray(payload.Bytes, out var whole) && whole.Array is { } array && array.Length == whole.Count ? array : payload.Bytes.ToArray()
        : [Serialized, .. serializer.SerializeToArray(payload)];

    public Payload Decode(byte[] item) => item is [Serialized, ..]
        ? serializer.Deserialize(item.AsMemory(1)) ?? throw new BlueEdgeException("A stored item is damaged: it holds no payload.")
        : Payload.Json(item);
}
