using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Samples.Documents.Pictures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>Reads the text on each picture.</summary>
[Engine("ocr", Name = "Text recognition", Slots = 2)]
[Input("Control", ChannelType.Json, Optional = true, Description = "{\"language\" or \"languages\": as tesseract names them, eng unless given, \"pageSegmentation\": 1 or 3 to 13, \"onPageError\": skip (unless given) or fail}, for the pictures after it")]
[Input("InputImage", ChannelType.Image, Description = "PNG, JPEG, WebP, GIF, BMP or TIFF; each frame is a page")]
[Output("OCRResults", ChannelType.Json, Description = "{\"page\", \"text\", \"confidence\", \"words\": [{\"text\", \"confidence\", \"x\", \"y\", \"width\", \"height\"}], \"rotation\" and \"warnings\" where there are any} a page")]
public sealed class OcrEngine(IOptions<DocumentsOptions> options, ILogger<OcrEngine> logger) : EngineGrain
{
    /// <summary>Tesseract computes on one core: while it reads a page, the next one may be on its way.</summary>
    private static readonly int PagesAtOnce = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly TesseractReader _reader = new(options.Value);
    private readonly FrameReader _frames = new(options.Value);
    private readonly Queue<(PageNumber Page, Task<OcrResult> Reading)> _reading = new();
    private OcrSettings _settings = OcrSettings.Default;
    private PageReport? _report;

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
        await foreach (var (page, picture) in _frames.ReadAsync(bytes, Report, _settings.SkipBadPages, cancellationToken))
        {
            _reading.Enqueue((page, ReadAsync(page.Page, picture, _settings, cancellationToken)));
            while (_reading.Count >= PagesAtOnce)
            {
                await WriteNextAsync(cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        while (_reading.Count > 0)
        {
            await WriteNextAsync(cancellationToken);
        }

        Report.ThrowIfNoneDone(cancellationToken);
    }

    private async ValueTask SetAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var control = input.Json("Control");
        _settings = _settings.With(control);
        if (OcrSettings.Unknown(control) is { } unknown)
        {
            await Report.WarnAsync(PageCodes.UnknownMember, unknown, page: null, details: null, cancellationToken);
        }
    }

    private async Task<OcrResult> ReadAsync(int page, Picture picture, OcrSettings settings, CancellationToken cancellationToken)
    {
        using var owned = picture;
        var read = await _reader.ReadAsync(picture, settings, cancellationToken);
        return new(
            page,
            read.Text,
            read.Confidence,
            read.Words,
            read.Rotation == 0 ? null : read.Rotation,
            picture.Complaints is { Length: > 0 } complaints ? complaints : null);
    }

    /// <summary>Writes the oldest page, so that results keep the order of the pictures.</summary>
    private async Task WriteNextAsync(CancellationToken cancellationToken)
    {
        var (page, reading) = _reading.Dequeue();
        OcrResult result;
        try
        {
            result = await reading;
        }
        catch (DocumentException error)
        {
            await Report.FailedAsync(error, page.Page, _settings.SkipBadPages, cancellationToken);
            return;
        }

        await Output("OCRResults").WriteAsync(result, DocumentsJson.Default.OcrResult, cancellationToken);
        await Report.DoneAsync(page, cancellationToken);
    }
}
