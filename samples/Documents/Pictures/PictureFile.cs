using SkiaSharp;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>An encoded picture whose kind and size are known and allowed; its pixels are not decoded yet.</summary>
internal sealed class PictureFile : IDisposable
{
    private readonly SKData _data;

    private PictureFile(ReadOnlyMemory<byte> bytes, SKData data, SKCodec codec)
    {
        Bytes = bytes;
        _data = data;
        Codec = codec;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public SKCodec Codec { get; }

    public int Width => Codec.Info.Width;

    public int Height => Codec.Info.Height;

    /// <exception cref="DocumentException">The bytes are not a picture, or it is larger than allowed.</exception>
    public static PictureFile Open(ReadOnlyMemory<byte> bytes, DocumentsOptions options)
    {
        var data = SKData.CreateCopy(bytes.Span);
        var codec = SKCodec.Create(data);
        if (codec is null)
        {
            data.Dispose();
            throw new DocumentException(
                $"The item is not a picture that can be read; send PNG, JPEG, WebP, GIF or BMP.");
        }

        var file = new PictureFile(bytes, data, codec);
        file.ThrowIfTooLarge(options);
        return file;
    }

    /// <exception cref="DocumentException">The picture is cut off or broken inside.</exception>
    public SKBitmap Decode(SKColorType colorType)
    {
        var bitmap = new SKBitmap(new SKImageInfo(Width, Height, colorType, SKAlphaType.Unpremul));
        var result = Codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw new DocumentException($"The picture is broken inside ({result}).");
    }

    public void Dispose()
    {
        Codec.Dispose();
        _data.Dispose();
    }

    // A file of a few kilobytes may hold gigabytes of one colour.
    private void ThrowIfTooLarge(DocumentsOptions options)
    {
        if ((long)Width * Height <= options.MaxMegapixels * 1_000_000L)
        {
            return;
        }

        var (width, height) = (Width, Height);
        Dispose();
        throw new DocumentException(
            $"The picture is {width} x {height} pixels; at most {options.MaxMegapixels} million are allowed.");
    }
}
