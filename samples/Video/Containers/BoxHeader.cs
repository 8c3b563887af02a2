using System.Buffers.Binary;

namespace BlueEdge.Samples.Video.Containers;

/// <summary>The begin of a box, of which MP4 consists (ISO/IEC 14496-12, 4.2).</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="HeaderLength">The bytes of this begin.</param>
/// <param name="BodyLength">The bytes after it; null where it goes on to the end.</param>
internal readonly record struct BoxHeader(string Type, int HeaderLength, long? BodyLength)
{
    /// <summary>The most bytes that tell a box.</summary>
    public const int MostLength = 16;

    private const int ShortLength = 8;

    /// <summary>How many bytes are wanted to tell the box whose first ones these are.</summary>
    public static int Wanted(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(bytes) == 1 ? MostLength : ShortLength;

    /// <summary>Reads a box's begin; null where it can be none.</summary>
    /// <param name="bytes">As many as are wanted.</param>
    public static BoxHeader? Read(ReadOnlySpan<byte> bytes)
    {
        var type = bytes[sizeof(uint)..ShortLength];
        var size = BinaryPrimitives.ReadUInt32BigEndian(bytes) is var given && given == 1 ? BinaryPrimitives.ReadInt64BigEndian(bytes[ShortLength..]) : given;
        var header = Wanted(bytes);
        return (size != 0 && size < header) || type.ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? null
            : new(System.Text.Encoding.ASCII.GetString(type), header, size == 0 ? null : size - header);
    }
}
