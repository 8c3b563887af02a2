using System.Runtime.InteropServices;
using BlueEdge.Engines;
using SkiaSharp;

namespace BlueEdge.Samples.Images;

/// <summary>Decodes one picture after another to its brightness, upright, and on white where it is transparent.</summary>
internal sealed class FrameReader(ImagesOptions options)
{
    private readonly GreyPlane _stored = new();
    private readonly GreyPlane _upright = new();

    // Pinned, for the decoder writes to it where it is.
    private uint[] _colours = [];

    /// <summary>The item's picture; it is good until the next is read.</summary>
    /// <exception cref="BlueEdgeException">The item is no picture that can be read; the message names it, and says what to send.</exception>
    public async ValueTask<GreyPlane> ReadAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (input.Payload.Length > options.MaxMegabytes * 1_000_000L)
        {
            throw Refused(input, $"has {input.Payload.Length} bytes; at most {options.MaxMegabytes} million are allowed (BlueEdge:Images:MaxMegabytes). Send it smaller.");
        }

        return Decode(input, await input.ReadAsync(cancellationToken));
    }

    private GreyPlane Decode(EngineInput input, ReadOnlyMemory<byte> file)
    {
        using var data = SKData.CreateCopy(file.Span);
        using var codec = SKCodec.Create(data) ?? throw Refused(input, "is no picture that can be read here; send JPEG or PNG.");
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png))
        {
            throw Refused(input, $"is {codec.EncodedFormat}, which is not read here; send JPEG or PNG.");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > options.MaxMegapixels * 1_000_000L)
        {
            throw Refused(input, $"is {width} x {height} pixels; at most {options.MaxMegapixels} million are allowed (BlueEdge:Images:MaxMegapixels). Send it smaller.");
        }

        if (_colours.Length < width * height)
        {
            _colours = GC.AllocateUninitializedArray<uint>(width * height, pinned: true);
        }

        var pixels = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul);
        if (codec.GetPixels(pixels, Marshal.UnsafeAddrOfPinnedArrayElement(_colours, 0)) is not SKCodecResult.Success || IsCutOff(codec, file.Span))
        {
            throw Refused(input, "is a picture that is cut off or broken inside; send it again, whole.");
        }

        _stored.Resize(width, height);
        Brightness.Of(_colours, _stored.Pixels);
        return codec.EncodedOrigin is SKEncodedOrigin.TopLeft ? _stored : Orientation.Turn(_stored, codec.EncodedOrigin, _upright);
    }

    /// <summary>Whether a JPEG lacks its end, which the decoder passes over: after the last begin of a scan there is none.</summary>
    private static bool IsCutOff(SKCodec codec, ReadOnlySpan<byte> file) =>
        codec.EncodedFormat is SKEncodedImageFormat.Jpeg
        && file.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < file.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);

    private static BlueEdgeException Refused(EngineInput input, string why) => new($"Item {input.Sequence} on input '{input.Port}' {why}");
}
