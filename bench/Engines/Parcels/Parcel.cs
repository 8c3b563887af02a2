using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BlueEdge.Bench.Parcels;

/// <summary>
/// An item that can be checked: its number from 0, the time at which it was written in ticks of the monotonic clock, which all
/// processes of a machine share, and at its very end the number again.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Parcel(long Number, long Sent)
{
    private const int FieldBytes = sizeof(long);

    /// <summary>The bytes of a parcel, at least 24; between its fields they are 0.</summary>
    public byte[] Pack(int bytes)
    {
        var packed = new byte[bytes];
        BinaryPrimitives.WriteInt64LittleEndian(packed, Number);
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(FieldBytes), Sent);
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(bytes - FieldBytes), Number);
        return packed;
    }

    /// <exception cref="InvalidDataException">The end is another's.</exception>
    public static Parcel Unpack(ReadOnlySpan<byte> packed)
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(packed);
        return BinaryPrimitives.ReadInt64LittleEndian(packed[^FieldBytes..]) == number
            ? new(number, BinaryPrimitives.ReadInt64LittleEndian(packed[FieldBytes..]))
            : throw new InvalidDataException($"The end of parcel {number} is not its own.");
    }
}
