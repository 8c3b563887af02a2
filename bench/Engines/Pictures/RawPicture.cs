using System.Globalization;
using BlueEdge.Channels;
using SkiaSharp;

namespace BlueEdge.Bench.Pictures;

/// <summary>Pixels between two engines, 4 bytes each; the media type bears the size.</summary>
internal static class RawPicture
{
    private const string Prefix = "image/x-raw-";

    public static string MediaType(int width, int height) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{width}x{height}");

    public static SKImageInfo Info(Payload payload)
    {
        var size = payload.MediaType[Prefix.Length..].Split('x');
        return new(int.Parse(size[0], CultureInfo.InvariantCulture), int.Parse(size[1], CultureInfo.InvariantCulture), SKColorType.Rgba8888, SKAlphaType.Opaque);
    }

    /// <summary>Has Skia look at bytes without a copy.</summary>
    public static void Use(ReadOnlyMemory<byte> bytes, SKImageInfo info, Action<SKPixmap> action)
    {
        using var pinned = bytes.Pin();
        unsafe
        {
            using var pixels = new SKPixmap(info, (nint)pinned.Pointer, info.RowBytes);
            action(pixels);
        }
    }
}
