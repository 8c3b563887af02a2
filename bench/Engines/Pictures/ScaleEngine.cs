using BlueEdge.Channels;
using BlueEdge.Engines;
using SkiaSharp;

namespace BlueEdge.Bench.Pictures;

/// <summary>Pixels in, half as many in each direction out.</summary>
[Engine("picture-scale")]
[Input("In", ChannelType.Image)]
[Output("Out", ChannelType.Image)]
public sealed class ScaleEngine : EngineGrain
{
    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var bytes = await input.ReadAsync(cancellationToken);
        var info = RawPicture.Info(input.Payload);
        var half = info.WithSize(info.Width / 2, info.Height / 2);
        var pixels = GC.AllocateUninitializedArray<byte>(half.BytesSize);
        RawPicture.Use(bytes, info, from => RawPicture.Use(pixels, half, to => from.ScalePixels(to, new SKSamplingOptions(SKFilterMode.Linear))));
        await Output("Out").WriteAsync(pixels, RawPicture.MediaType(half.Width, half.Height), cancellationToken);
    }
}
