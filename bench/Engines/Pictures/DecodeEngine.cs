using BlueEdge.Channels;
using BlueEdge.Engines;

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
        var (size, pixels) = TurboJpeg.Decode(jpeg.Span);
        await Output("Out").WriteAsync(pixels, size.MediaType, cancellationToken);
    }
}
