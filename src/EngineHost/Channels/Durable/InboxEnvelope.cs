using System.Buffers;
using Orleans.Serialization;

namespace BlueEdge.Channels.Durable;

/// <summary>What lies on an inbox: a version, and what it says.</summary>
internal sealed class InboxEnvelope(Serializer<ChannelDelivery> serializer)
{
    private const byte Probe = 0;
    private const byte Version = 1;

    public static ReadOnlyMemory<byte> OfProbe(Guid id) => (byte[])[Probe, .. id.ToByteArray()];

    public ReadOnlyMemory<byte> Write(ChannelDelivery delivery)
    {
        var bytes = new ArrayBufferWriter<byte>(256 + delivery.Items.Sum(item => item.Bytes.Length));
        bytes.Write([Version]);
        serializer.Serialize(delivery, bytes);
        return bytes.WrittenMemory;
    }

    /// <summary>The delivery, or the id of a probe.</summary>
    /// <exception cref="BlueEdgeException">It is of a version that this one does not know.</exception>
    public (ChannelDelivery? Delivery, Guid Probe) Read(ReadOnlyMemory<byte> bytes) => bytes.Span[0] switch
    {
        Probe => (null, new(bytes.Span[1..])),
        Version => (serializer.Deserialize(bytes[1..]), Guid.Empty),
        var other => throw new BlueEdgeException($"An inbox holds a message of version {other}, of a newer process. Update this one."),
    };
}
