using System.Runtime.InteropServices;

namespace BlueEdge.Samples.Documents.Pictures;

internal static class GreyPictureReader
{
    /// <summary>Shrinks a picture: each pixel is the mean brightness of a square of <paramref name="factor"/> pixels a side.</summary>
    public static GreyPicture Read(Picture picture, int factor)
    {
        var width = picture.Width / factor;
        var height = picture.Height / factor;
        var pixels = new byte[width * height];
        var sums = new int[picture.Width];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (var line = y * factor; line < (y + 1) * factor; line++)
            {
                Add(picture.Row(line), picture.IsGrey, sums);
            }

            Shrink(sums, factor, pixels.AsSpan(y * width, width));
        }

        return new GreyPicture(width, height, pixels);
    }

    private static void Add(ReadOnlySpan<byte> bytes, bool isGrey, int[] sums)
    {
        if (isGrey)
        {
            for (var x = 0; x < sums.Length; x++)
            {
                sums[x] += bytes[x];
            }

            return;
        }

        var colours = MemoryMarshal.Cast<byte, uint>(bytes);
        for (var x = 0; x < sums.Length; x++)
        {
            sums[x] += Luma(colours[x]);
        }
    }

    // The weights of ITU-R BT.601 in 1/256.
    private static int Luma(uint rgba) => (int)((((rgba & 255) * 77) + (((rgba >> 8) & 255) * 150) + (((rgba >> 16) & 255) * 29)) >> 8);

    private static void Shrink(int[] sums, int factor, Span<byte> row)
    {
        var area = factor * factor;
        for (var x = 0; x < row.Length; x++)
        {
            var sum = 0;
            for (var index = x * factor; index < (x + 1) * factor; index++)
            {
                sum += sums[index];
            }

            row[x] = (byte)(sum / area);
        }
    }
}
