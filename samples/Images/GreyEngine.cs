using BlueEdge.Channels;
using BlueEdge.Engines;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Images;

/// <summary>Takes the colour from each picture.</summary>
[Engine("image-grey", Name = "Grey picture", Slots = 4)]
[Input("In", ChannelType.Image, Description = "JPEG or PNG")]
[Output("Out", ChannelType.Image, Description = "A grey JPEG of the same size, with the tags and attributes of what it was made of")]
public sealed class GreyEngine(IOptions<ImagesOptions> options) : EngineGrain
{
    private readonly FrameReader _frames = new(options.Value);

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var grey = await _frames.ReadAsync(input, cancellationToken);
        await Output("Out").WriteFrameAsync(grey, input, options.Value.Quality, cancellationToken);
    }
}
