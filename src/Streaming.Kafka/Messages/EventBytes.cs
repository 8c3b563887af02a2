using System.Runtime.InteropServices;
using Orleans.Serialization;

namespace Streaming.Kafka.Messages;

/// <summary>One event as it is sent.</summary>
/// <param name="Bytes">The event; of a binary event the caller's own memory.</param>
/// <param name="IsRaw">Whether the event is these bytes itself, rather than an object that Orleans serialized.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventBytes(ReadOnlyMemory<byte> Bytes, bool IsRaw)
{
    public static EventBytes Of<T>(T item, Serializer serializer) => item switch
    {
        ReadOnlyMemory<byte> memory => new(memory, IsRaw: true),
        byte[] array => new(array, IsRaw: true),
        _ => new(serializer.SerializeToArray<object?>(item), IsRaw: false),
    };

    public T To<T>(Serializer serializer)
    {
        if (!IsRaw)
        {
            return (T)serializer.Deserialize<object?>(Bytes)!; // The producer may have sent null, which T then allows.
        }

        if (typeof(T) == typeof(ReadOnlyMemory<byte>))
        {
            return (T)(object)Bytes;
        }

        return typeof(T).IsAssignableFrom(typeof(byte[]))
            ? (T)(object)Bytes.ToArray()
            : throw new InvalidCastException($"The event is bytes; a subscriber takes it as ReadOnlyMemory<byte> or byte[], not as {typeof(T)}.");
    }
}
