using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Bench.Pictures;

/// <summary>Pixels in, JPEG out.</summary>
[Engine("picture-encode")]
[Input("In", ChannelType.Image)]
[Output("Out", ChannelType.Image)]
public sealed class EncodeEngine : EngineGrain
{
    private const int Quality = 85;

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var pixels = await input.ReadAsync(cancellationToken);
        await Output("Out").WriteAsync(TurboJpeg.Encode(pixels.Span, I420Size.Of(input.Payload), Quality), "image/jpeg", cancellationToken);
    }
}
