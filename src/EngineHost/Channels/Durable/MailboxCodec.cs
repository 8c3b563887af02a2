using System.Buffers.Binary;
using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using Orleans.Serialization;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>
/// What lies in a mailbox: a version, and what it says. Of a delivery that is all but the payloads' bytes, then the bytes of
/// each, each with a length before it: so bytes are copied once when they are written, and large ones not at all when they are read.
/// </summary>
internal sealed class MailboxCodec(Serializer<ChannelDelivery> serializer)
{
    private const byte Probe = 0;
    private const byte Version = 2;

    /// <summary>A payload is a part of the message where it is at least a fourth of it; of a smaller one that is kept, all of the message would be.</summary>
    private const int LeastPart = 4;

    public static ReadOnlyMemory<byte> OfProbe(Guid id) => (byte[])[Probe, .. id.ToByteArray()];

    public ReadOnlyMemory<byte> Write(ChannelDelivery delivery)
    {
        var head = serializer.SerializeToArray(delivery with { Items = ImmutableArray.CreateRange(delivery.Items, item => item with { Bytes = default }) });

        // Of just the right length, for the producer need not copy a whole array.
        var message = GC.AllocateUninitializedArray<byte>(
            1 + ((1 + delivery.Items.Length) * sizeof(int)) + head.Length + delivery.Items.Sum(item => item.Bytes.Length));
        message[0] = Version;
        var rest = Put(message.AsSpan(1), head);
        foreach (var item in delivery.Items)
        {
            rest = Put(rest, item.Bytes.Span);
        }

        return message;
    }

    /// <summary>The delivery, or the id of a probe.</summary>
    /// <exception cref="BlueEdgeException">It is of a version that this one does not know.</exception>
    public (ChannelDelivery? Delivery, Guid Probe) Read(ReadOnlyMemory<byte> message) => message.Span[0] switch
    {
        Probe => (null, new(message.Span[1..])),
        Version => (ReadDelivery(message), Guid.Empty),
        var other => throw new BlueEdgeException($"A mailbox holds a message of version {other}, and this process knows {Version}. Run all processes in the same version."),
    };

    private ChannelDelivery ReadDelivery(ReadOnlyMemory<byte> message)
    {
        var rest = message[1..];
        var delivery = serializer.Deserialize(Take(ref rest))!; // None is written that is null.
        var items = ImmutableArray.CreateBuilder<Payload>(delivery.Items.Length);
        foreach (var item in delivery.Items)
        {
            var bytes = Take(ref rest);
            items.Add(item with { Bytes = bytes.Length >= message.Length / LeastPart ? bytes : bytes.ToArray() });
        }

        return delivery with { Items = items.MoveToImmutable() };
    }

    private static Span<byte> Put(Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(rest, bytes.Length);
        bytes.CopyTo(rest[sizeof(int)..]);
        return rest[(sizeof(int) + bytes.Length)..];
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        var bytes = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return bytes;
    }
}
