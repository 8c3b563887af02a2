using SkiaSharp;

namespace BlueEdge.Samples.Images;

/// <summary>Turns pictures as their files say that they are to be looked at: what is written has no such word any more.</summary>
internal static class Orientation
{
    /// <summary>Draws a picture upright.</summary>
    /// <returns>What it was drawn to.</returns>
    public static GreyPlane Turn(GreyPlane from, SKEncodedOrigin origin, GreyPlane to)
    {
        var (width, height) = (from.Width, from.Height);

        // Where the first pixel is, and how far from it those to the right and below are.
        var (first, right, below) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => ((width * height) - 1, -1, -width),
            SKEncodedOrigin.BottomLeft => ((height - 1) * width, 1, -width),
            SKEncodedOrigin.LeftTop => (0, width, 1),
            SKEncodedOrigin.RightTop => ((height - 1) * width, -width, 1),
            SKEncodedOrigin.RightBottom => ((width * height) - 1, -width, -1),
            SKEncodedOrigin.LeftBottom => (width - 1, width, -1),
            _ => (0, 1, width),
        };
        to.Resize(origin >= SKEncodedOrigin.LeftTop ? height : width, origin >= SKEncodedOrigin.LeftTop ? width : height);
        var pixels = from.Pixels;
        for (var y = 0; y < to.Height; y++)
        {
            var row = to.Row(y);
            var at = first + (y * below);
            for (var x = 0; x < row.Length; x++, at += right)
            {
                row[x] = pixels[at];
            }
        }

        return to;
    }
}
