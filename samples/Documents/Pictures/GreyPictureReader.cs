using System.Runtime.InteropServices;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Pictures;

internal static class GreyPictureReader
{
    /// <summary>Decodes a picture and shrinks it: each pixel is the mean of a square of <paramref name="factor"/> pixels a side.</summary>
    public static GreyPicture Read(PictureFile file, int factor)
    {
        var isGrey = file.Codec.Info.ColorType == SKColorType.Gray8;
        using var bitmap = file.Decode(isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888);
        var width = file.Width / factor;
        var height = file.Height / factor;
        var pixels = new byte[width * height];
        var sums = new int[file.Width];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (var line = y * factor; line < (y + 1) * factor; line++)
            {
                var bytes = bitmap.GetPixelSpan().Slice(line * bitmap.RowBytes, file.Width * bitmap.BytesPerPixel);
                Add(bytes, isGrey, sums);
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

    // The weights of ITU-R BT.601 in 1/256; what is transparent lies on white paper.
    private static int Luma(uint rgba)
    {
        var luma = (int)((((rgba & 255) * 77) + (((rgba >> 8) & 255) * 150) + (((rgba >> 16) & 255) * 29)) >> 8);
        var alpha = (int)(rgba >> 24);
        return alpha == 255 ? luma : 255 + ((luma - 255) * alpha / 255);
    }

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
