using System.Runtime.InteropServices;
using SkiaSharp;

namespace BlueEdge.Samples.Images;

/// <summary>The brightness of a picture's pixels, row by row without gaps. The next picture takes the place of the last, and its memory.</summary>
internal sealed class GreyPlane
{
    // Pinned, for the encoder reads it where it is.
    private byte[] _pixels = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Span<byte> Pixels => _pixels.AsSpan(0, Width * Height);

    public Span<byte> Row(int y) => _pixels.AsSpan(y * Width, Width);

    /// <summary>Makes room for a picture of this size; its pixels are whatever they were.</summary>
    public void Resize(int width, int height)
    {
        if (_pixels.Length < width * height)
        {
            _pixels = GC.AllocateUninitializedArray<byte>(width * height, pinned: true);
        }

        (Width, Height) = (width, height);
    }

    public ReadOnlyMemory<byte> ToJpeg(int quality)
    {
        using var pixels = new SKPixmap(new(Width, Height, SKColorType.Gray8, SKAlphaType.Opaque), Marshal.UnsafeAddrOfPinnedArrayElement(_pixels, 0), Width);
        using var jpeg = pixels.Encode(new SKJpegEncoderOptions(quality))
            ?? throw new BlueEdgeException($"A picture of {Width} x {Height} cannot be written as JPEG, which has at most 65,535 pixels a side; send it smaller.");
        return jpeg.ToArray();
    }
}
