using System.Buffers.Binary;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>Finds the tag Orientation where Skia does not look for it: in PNG (the chunk eXIf) and WebP (the chunk EXIF).</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112;

    public static SKEncodedOrigin Of(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', _, _, _, _, .. var chunks] => Read(Png(chunks)),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', .. var chunks] => Read(WebP(chunks)),
        _ => SKEncodedOrigin.TopLeft,
    };

    private static ReadOnlySpan<byte> Png(ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length <= rest.Length - 12)
        {
            if (rest.Slice(4, 4).SequenceEqual("eXIf"u8))
            {
                return rest.Slice(8, (int)length);
            }

            rest = rest[(12 + (int)length)..];
        }

        return [];
    }

    private static ReadOnlySpan<byte> WebP(ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) is var length && length <= rest.Length - 8)
        {
            if (rest[..4].SequenceEqual("EXIF"u8))
            {
                var content = rest.Slice(8, (int)length);
                return content.StartsWith("Exif\0\0"u8) ? content[6..] : content;
            }

            rest = rest[Math.Min(rest.Length, 8 + (int)length + ((int)length & 1))..];
        }

        return [];
    }

    // A TIFF's head: the order of bytes, 42, where the first directory is; it has entries of 12 bytes.
    private static SKEncodedOrigin Read(ReadOnlySpan<byte> exif)
    {
        if (exif.Length < 14 || exif is not ([(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..]))
        {
            return SKEncodedOrigin.TopLeft;
        }

        var little = exif[0] == 'I';
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (directory > exif.Length - 2)
        {
            return SKEncodedOrigin.TopLeft;
        }

        var entries = exif[((int)directory + 2)..];
        for (var entry = Short(exif[(int)directory..], little); entry > 0 && entries.Length >= 12; entry--, entries = entries[12..])
        {
            if (Short(entries, little) == Tag)
            {
                return (SKEncodedOrigin)Short(entries[8..], little) is var origin && Enum.IsDefined(origin) ? origin : SKEncodedOrigin.TopLeft;
            }
        }

        return SKEncodedOrigin.TopLeft;
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
