using System.Collections.Immutable;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>PNG, JPEG, WebP, GIF and BMP, by Skia's codecs.</summary>
internal sealed class SkiaSource : IPictureSource
{
    private readonly SKData _data;
    private readonly SKCodec _codec;
    private readonly SKEncodedOrigin _origin;
    private readonly ImmutableArray<string> _complaints;

    // Frames of an animation are drawn over those before them.
    private SKBitmap? _last;
    private int _lastFrame = -1;

    private SkiaSource(SKData data, SKCodec codec, SKEncodedOrigin origin, ImmutableArray<string> complaints)
    {
        _data = data;
        _codec = codec;
        _origin = origin;
        _complaints = complaints;
        Frames = Math.Max(1, codec.FrameCount);
    }

    public int Frames { get; }

    /// <summary>Null where Skia knows no such kind.</summary>
    public static SkiaSource? Open(ReadOnlyMemory<byte> bytes, DocumentsOptions options)
    {
        var data = SKData.CreateCopy(bytes.Span);
        var codec = SKCodec.Create(data);
        if (codec is null)
        {
            data.Dispose();
            return null;
        }

        try
        {
            PictureFile.ThrowIfTooLarge(codec.Info.Width, codec.Info.Height, options);
            var origin = codec.EncodedOrigin == SKEncodedOrigin.TopLeft ? ExifOrientation.Of(bytes.Span) : codec.EncodedOrigin;
            return new(data, codec, origin, PictureDamage.Of(bytes.Span));
        }
        catch
        {
            codec.Dispose();
            data.Dispose();
            throw;
        }
    }

    public Picture Decode(int frame)
    {
        var grey = Frames == 1 && _codec.Info is { ColorType: SKColorType.Gray8, AlphaType: SKAlphaType.Opaque };
        var info = new SKImageInfo(_codec.Info.Width, _codec.Info.Height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, grey ? SKAlphaType.Opaque : SKAlphaType.Premul);
        var bitmap = new SKBitmap(info);
        try
        {
            var result = Read(bitmap, frame);
            if (result is not (SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput) || !HasPixels(result, bitmap))
            {
                throw PictureFile.Refused("The picture is broken inside, and no pixel of it can be had; send it again, whole.", $"Skia: {result}");
            }

            if (Frames > 1)
            {
                Keep(bitmap, frame);
            }

            if (!grey)
            {
                WhitePaper.Lay(bitmap.GetPixelSpan());
            }

            return new(
                Orientation.Take(bitmap, _origin),
                result == SKCodecResult.Success ? _complaints : [.. _complaints.Append(PictureDamage.CutOff).Distinct(StringComparer.Ordinal)]);
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _last?.Dispose();
        _codec.Dispose();
        _data.Dispose();
    }

    private SKCodecResult Read(SKBitmap bitmap, int frame)
    {
        if (Frames == 1)
        {
            return _codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        }

        var before = _codec.FrameInfo[frame].RequiredFrame;
        if (before < 0 || before != _lastFrame)
        {
            return _codec.GetPixels(bitmap.Info, bitmap.GetPixels(), new SKCodecOptions(frame));
        }

        _last!.GetPixelSpan().CopyTo(bitmap.GetPixelSpan()); // There is a last frame: it is the one required.
        return _codec.GetPixels(bitmap.Info, bitmap.GetPixels(), new SKCodecOptions(frame, before));
    }

    private void Keep(SKBitmap bitmap, int frame)
    {
        _last ??= new SKBitmap(bitmap.Info);
        bitmap.GetPixelSpan().CopyTo(_last.GetPixelSpan());
        _lastFrame = frame;
    }

    // Where the file ends before its first row, the codec leaves one colour.
    private static bool HasPixels(SKCodecResult result, SKBitmap bitmap)
    {
        var pixels = bitmap.GetPixelSpan();
        var pixel = bitmap.BytesPerPixel;
        return result == SKCodecResult.Success || !pixels[pixel..].SequenceEqual(pixels[..^pixel]);
    }
}
