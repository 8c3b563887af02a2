using BlueEdge.Channels;
using BlueEdge.Engines;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Images;

/// <summary>Shows where each picture changes: white lines on black.</summary>
[Engine("image-edges", Name = "Edges of a picture", Slots = 4)]
[Input("In", ChannelType.Image, Description = "JPEG or PNG, grey or in colours")]
[Output("Out", ChannelType.Image, Description = "A grey JPEG of the same size, with the tags and attributes of what it was made of")]
public sealed class EdgesEngine(IOptions<ImagesOptions> options) : EngineGrain
{
    private readonly FrameReader _frames = new(options.Value);
    private readonly GreyPlane _edges = new();

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        Sobel.Draw(await _frames.ReadAsync(input, cancellationToken), _edges);
        await Output("Out").WriteFrameAsync(_edges, input, options.Value.Quality, cancellationToken);
    }
}
