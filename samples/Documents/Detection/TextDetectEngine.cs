using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Samples.Documents.Pictures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Finds the blocks of text on each picture.</summary>
[Engine("text-detect", Name = "Text detection", Slots = 2)]
[Input("Control", ChannelType.Json, Optional = true, Description = "{\"language\" or \"languages\": as tesseract names them, eng unless given, \"onPageError\": skip (unless given) or fail}, for the pictures after it")]
[Input("InputImage", ChannelType.Image, Description = "PNG, JPEG, WebP, GIF, BMP or TIFF; each frame is a page")]
[Output("DetectResults", ChannelType.Json, Description = "{\"page\", \"width\", \"height\", \"boxes\": [{\"x\", \"y\", \"width\", \"height\"}], \"warnings\" where there are any} a page, in pixels")]
public sealed class TextDetectEngine(IOptions<DocumentsOptions> options, ILogger<TextDetectEngine> logger) : EngineGrain
{
    private readonly FrameReader _frames = new(options.Value);
    private readonly TextDetector _detector = new(options.Value);
    private PageReport? _report;
    private string _language = OcrLanguage.Default;
    private bool _skipBadPages = true;

    private PageReport Report => _report ??= new(Session, Output(WellKnownPorts.Status), logger);

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (input.Has("Control"))
        {
            await SetAsync(input, cancellationToken);
            return;
        }

        var bytes = await input.ReadAsync(cancellationToken);
        await foreach (var (page, picture) in _frames.ReadAsync(bytes, Report, _skipBadPages, cancellationToken))
        {
            using var owned = picture;
            await WriteAsync(page, picture, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask StopAsync(CancellationToken cancellationToken)
    {
        Report.ThrowIfNoneDone(cancellationToken);
        return ValueTask.CompletedTask;
    }

    private async ValueTask WriteAsync(PageNumber page, Picture picture, CancellationToken cancellationToken)
    {
        DetectedText found;
        try
        {
            found = await _detector.DetectAsync(picture, _language, cancellationToken);
        }
        catch (DocumentException error)
        {
            await Report.FailedAsync(error, page.Page, _skipBadPages, cancellationToken);
            return;
        }

        await Output("DetectResults").WriteAsync(
            new DetectResult(page.Page, found.Width, found.Height, found.Boxes, picture.Complaints is { Length: > 0 } complaints ? complaints : null),
            DocumentsJson.Default.DetectResult,
            cancellationToken);
        await Report.DoneAsync(page, cancellationToken);
    }

    private async ValueTask SetAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var control = input.Json("Control");
        ControlMembers.ThrowIfNoObject(control);
        _language = OcrLanguage.Parse(control) ?? _language;
        _skipBadPages = ControlMembers.Find(control, "onPageError") is null ? _skipBadPages : ControlMembers.SkipsBadPages(control);
        if (ControlMembers.Unknown(control, "language", "languages", "onPageError") is { } unknown)
        {
            await Report.WarnAsync(PageCodes.UnknownMember, unknown, page: null, details: null, cancellationToken);
        }
    }
}
