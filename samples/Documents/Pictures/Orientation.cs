using System.Runtime.InteropServices;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>Turns pixels as the tag Orientation of EXIF and TIFF says: cameras and scanners do not turn them, and viewers do.</summary>
internal static class Orientation
{
    /// <summary>The tag that a picture would have that must be turned clockwise.</summary>
    public static SKEncodedOrigin OfTurn(int degrees) => degrees switch
    {
        90 => SKEncodedOrigin.RightTop,
        180 => SKEncodedOrigin.BottomRight,
        270 => SKEncodedOrigin.LeftBottom,
        _ => SKEncodedOrigin.TopLeft,
    };

    /// <summary>The pixels, upright; the bitmap given is taken over, and is the same one where there is nothing to turn.</summary>
    public static SKBitmap Take(SKBitmap given, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft)
        {
            return given;
        }

        using (given)
        {
            return Apply(given, origin);
        }
    }

    /// <summary>The pixels, upright, in a bitmap of their own.</summary>
    public static SKBitmap Apply(SKBitmap given, SKEncodedOrigin origin)
    {
        var swapped = origin >= SKEncodedOrigin.LeftTop;
        var upright = new SKBitmap(given.Info.WithSize(swapped ? given.Height : given.Width, swapped ? given.Width : given.Height));
        if (given.BytesPerPixel == 1)
        {
            Copy(given.GetPixelSpan(), given.Width, given.Height, origin, upright.GetPixelSpan());
        }
        else
        {
            Copy(MemoryMarshal.Cast<byte, uint>(given.GetPixelSpan()), given.Width, given.Height, origin, MemoryMarshal.Cast<byte, uint>(upright.GetPixelSpan()));
        }

        return upright;
    }

    private static void Copy<T>(ReadOnlySpan<T> from, int width, int height, SKEncodedOrigin origin, Span<T> to)
    {
        // Where the first pixel goes, and how far the next one and the next row are from there.
        var (first, right, down) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => ((width * height) - 1, -1, -width),
            SKEncodedOrigin.BottomLeft => (width * (height - 1), 1, -width),
            SKEncodedOrigin.LeftTop => (0, height, 1),
            SKEncodedOrigin.RightTop => (height - 1, height, -1),
            SKEncodedOrigin.RightBottom => ((width * height) - 1, -height, -1),
            SKEncodedOrigin.LeftBottom => (height * (width - 1), -height, 1),
            _ => (0, 1, width),
        };
        for (var y = 0; y < height; y++)
        {
            var row = from.Slice(y * width, width);
            var at = first + (y * down);
            for (var x = 0; x < row.Length; x++, at += right)
            {
                to[at] = row[x];
            }
        }
    }
}
