using System.Buffers.Binary;
using System.Text;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>Picture files with what encoders do not write: orientation, frames, damage.</summary>
internal static class Files
{
    /// <summary>The tag Orientation of EXIF in a JPEG.</summary>
    public static byte[] WithExif(ReadOnlyMemory<byte> jpeg, int orientation)
    {
        byte[] body = [.. "Exif\0\0"u8, .. Exif(orientation)];
        byte[] length = [0, (byte)(body.Length + 2)];
        return [0xFF, 0xD8, 0xFF, 0xE1, .. length, .. body, .. jpeg.Span[2..]];
    }

    /// <summary>The same in a PNG.</summary>
    public static byte[] PngWithExif(ReadOnlyMemory<byte> png, int orientation)
    {
        const int EndOfHeader = 33;
        return [.. png.Span[..EndOfHeader], .. Chunk("eXIf", Exif(orientation)), .. png.Span[EndOfHeader..]];
    }

    /// <summary>Pixels as a camera stores them that the tag says how to turn.</summary>
    public static Sketch Stored(Sketch upright, int orientation)
    {
        var swapped = orientation >= 5;
        var (width, height) = (upright.Bitmap.Width, upright.Bitmap.Height);
        var stored = new Sketch(swapped ? height : width, swapped ? width : height);
        for (var y = 0; y < stored.Bitmap.Height; y++)
        {
            for (var x = 0; x < stored.Bitmap.Width; x++)
            {
                var (column, row) = orientation switch
                {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (width - 1 - y, x),
                    7 => (width - 1 - y, height - 1 - x),
                    8 => (y, height - 1 - x),
                    _ => (x, y),
                };
                stored.Bitmap.SetPixel(x, y, upright.Bitmap.GetPixel(column, row));
            }
        }

        return stored;
    }

    /// <summary>A GIF of black and white frames, not packed.</summary>
    public static byte[] Gif(params ReadOnlySpan<Sketch> frames)
    {
        var (width, height) = (frames[0].Bitmap.Width, frames[0].Bitmap.Height);
        var file = new List<byte>([.. "GIF89a"u8, .. Short(width), .. Short(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
        foreach (var frame in frames)
        {
            file.AddRange([0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, .. Short(width), .. Short(height), 0, 7]);
            var codes = new List<byte>();
            for (var pixel = 0; pixel < width * height; pixel++)
            {
                if (pixel % 100 == 0)
                {
                    codes.Add(128); // Codes stay a byte wide as long as the table is emptied in time.
                }

                codes.Add((byte)(frame.Bitmap.GetPixel(pixel % width, pixel / width).Red < 128 ? 0 : 1));
            }

            codes.Add(129);
            foreach (var block in codes.Chunk(255))
            {
                file.Add((byte)block.Length);
                file.AddRange(block);
            }

            file.Add(0);
        }

        return [.. file, 0x3B];
    }

    /// <summary>A PNG's head that promises this many pixels, with next to none of them.</summary>
    public static byte[] PngBomb(int width, int height)
    {
        byte[] header = [.. Big(width), .. Big(height), 8, 0, 0, 0, 0];
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]), .. Chunk("IEND", [])];
    }

    /// <summary>The head of a file of the kind that telephones write.</summary>
    public static byte[] Heif(string brand, string compatible) =>
        [0, 0, 0, 24, .. "ftyp"u8, .. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(compatible), .. "miaf"u8, .. new byte[100]];

    private static byte[] Exif(int orientation) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    private static byte[] Chunk(string name, ReadOnlySpan<byte> content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        return [.. Big(content.Length), .. body, .. Big((int)Crc(body))];
    }

    private static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
