using BlueEdge.Channels;
using BlueEdge.Engines;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Finds the blocks of text on each picture.</summary>
[Engine("text-detect", Name = "Text detection", Slots = 2)]
[Input("Control", ChannelType.Json, Optional = true, Description = "Not read")]
[Input("InputImage", ChannelType.Image, Description = "PNG, JPEG, WebP, GIF or BMP")]
[Output("DetectResults", ChannelType.Json, Description = "{\"page\", \"width\", \"height\", \"boxes\": [{\"x\", \"y\", \"width\", \"height\"}]} a picture, in pixels")]
public sealed class TextDetectEngine(IOptions<DocumentsOptions> options) : EngineGrain
{
    private readonly TextBlockDetector _detector = new(options.Value);
    private int _pages;

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (!input.Has("InputImage"))
        {
            return;
        }

        var page = ++_pages;
        var found = _detector.Detect(await input.ReadAsync(cancellationToken));
        await Output("DetectResults").WriteAsync(
            new DetectResult(page, found.Width, found.Height, found.Boxes), DocumentsJson.Default.DetectResult, cancellationToken);
        await Output(WellKnownPorts.Status).WriteAsync(PageStatus.Of(Session.Node, page), DocumentsJson.Default.PageStatus, cancellationToken);
    }
}
