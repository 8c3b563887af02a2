using BlueEdge.Channels;
using BlueEdge.Engines;
using SkiaSharp;

namespace BlueEdge.Bench.Pictures;

/// <summary>JPEG in, pixels out.</summary>
[Engine("picture-decode")]
[Input("In", ChannelType.Image)]
[Output("Out", ChannelType.Image)]
public sealed class DecodeEngine : EngineGrain
{
    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var jpeg = await input.ReadAsync(cancellationToken);
        using var data = SKData.CreateCopy(jpeg.Span);
        using var codec = SKCodec.Create(data);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var pixels = GC.AllocateUninitializedArray<byte>(info.BytesSize);
        unsafe
        {
            fixed (byte* at = pixels)
            {
                codec.GetPixels(info, (nint)at);
            }
        }

        await Output("Out").WriteAsync(pixels, RawPicture.MediaType(info.Width, info.Height), cancellationToken);
    }
}
