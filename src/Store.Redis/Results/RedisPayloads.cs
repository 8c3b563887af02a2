using BlueEdge.Channels;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Results;

/// <summary>Items as they are stored: JSON that says nothing of itself as it is, all others serialized.</summary>
internal sealed class RedisPayloads(Serializer<Payload> serializer)
{
    /// <summary>Begins what is not JSON alone; no JSON text begins so.</summary>
    private const byte Serialized = 0;

    public RedisValue Encode(Payload payload) => payload is { Type: ChannelType.Json, Blob: null, Envelope: null }
        ? payload.Bytes
        : (byte[])[Serialized, .. serializer.SerializeToArray(payload)];

    public Payload Decode(RedisValue value)
    {
        ReadOnlyMemory<byte> bytes = value;
        return bytes is { IsEmpty: false } && bytes.Span[0] == Serialized
            ? serializer.Deserialize(bytes[1..]) ?? throw new BlueEdgeException("A stored item is damaged: it holds no payload.")
            : Payload.Json(bytes);
    }
}
