using BlueEdge.Channels;
using BlueEdge.Engines;
using SkiaSharp;

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
        var bytes = await input.ReadAsync(cancellationToken);
        byte[] jpeg = [];
        RawPicture.Use(bytes, RawPicture.Info(input.Payload), pixels =>
        {
            using var data = pixels.Encode(SKEncodedImageFormat.Jpeg, Quality) ?? throw new BlueEdgeException("A picture could not be encoded.");
            jpeg = data.ToArray();
        });
        await Output("Out").WriteAsync(jpeg, "image/jpeg", cancellationToken);
    }
}
