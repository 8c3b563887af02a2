using BlueEdge.Channels;
using BlueEdge.Engines;

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
        var pixels = await input.ReadAsync(cancellationToken);
        var size = I420Size.Of(input.Payload);
        await Output("Out").WriteAsync(Halving.Apply(pixels.Span, size), size.Half.MediaType, cancellationToken);
    }
}
