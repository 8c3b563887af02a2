using System.Buffers.Binary;

namespace BlueEdge.Samples.Video.Encoding;

/// <summary>
/// Packs pictures for ffmpeg with the time of each, as Matroska (RFC 9559) of one track without an end: pictures alone, one after the
/// other, have no times.
/// </summary>
internal static class MatroskaFrames
{
    private const int KeyFrame = 0x80;

    /// <summary>What comes before the first frame.</summary>
    public static byte[] Begin(PictureKind kind, double rate) =>
    [
        .. Element(0x1A45DFA3, [.. Number(0x4286, 1), .. Number(0x42F7, 1), .. Number(0x42F2, 4), .. Number(0x42F3, 8), .. Element(0x4282, "matroska"u8), .. Number(0x4287, 4), .. Number(0x4285, 2)]),

        // The segment, whose length nobody knows.
        0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,

        // Times are in units of 1,000 ns.
        .. Element(0x1549A966, [.. Number(0x2AD7B1, 1000), .. Element(0x4D80, "BlueEdge"u8), .. Element(0x5741, "BlueEdge"u8)]),
        .. Element(0x1654AE6B, Element(0xAE, [.. Number(0xD7, 1), .. Number(0x73C5, 1), .. Number(0x83, 1), .. Number(0x9C, 0), .. Number(0x23E383, (long)(1e9 / rate)), .. Codec(kind), .. Element(0xE0, [.. Number(0xB0, 2), .. Number(0xBA, 2)])])),
    ];

    /// <summary>What comes before a frame's bytes.</summary>
    /// <param name="time">In microseconds.</param>
    /// <param name="length">How many bytes it has.</param>
    public static byte[] BeforeFrame(long time, int length)
    {
        // A cluster for each frame: within one, times have 16 bits. Its block's track is 1, and its time that of the cluster.
        byte[] block = [.. Header(0xA3, length + 4), 0x81, 0, 0, KeyFrame];
        var timestamp = Number(0xE7, time);
        return [.. Header(0x1F43B675, timestamp.Length + block.Length + length), .. timestamp, .. block];
    }

    private static byte[] Codec(PictureKind kind)
    {
        if (kind is PictureKind.Jpeg)
        {
            return Element(0x86, "V_MJPEG"u8);
        }

        // Matroska has no name of its own for PNG; Windows' BITMAPINFOHEADER has.
        var header = new byte[40];
        BinaryPrimitives.WriteInt32LittleEndian(header, header.Length);
        header[4] = header[8] = 2;
        header[12] = 1;
        header[14] = 24;
        "MPNG"u8.CopyTo(header.AsSpan(16));
        return [.. Element(0x86, "V_MS/VFW/FOURCC"u8), .. Element(0x63A2, header)];
    }

    private static byte[] Number(uint id, long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return Element(id, bytes);
    }

    private static byte[] Element(uint id, ReadOnlySpan<byte> body) => [.. Header(id, body.Length), .. body];

    /// <summary>An id has its own length; a length has eight bytes, which a bit says.</summary>
    private static byte[] Header(uint id, long length)
    {
        var bytes = new byte[sizeof(uint) + sizeof(long)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(uint)), length | (1L << 56));
        return bytes[(sizeof(uint) - IdLength(id))..];
    }

    private static int IdLength(uint id) => id switch
    {
        <= 0xFF => 1,
        <= 0xFFFF => 2,
        <= 0xFFFFFF => 3,
        _ => 4,
    };
}
