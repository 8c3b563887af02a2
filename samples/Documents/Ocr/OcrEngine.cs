using BlueEdge.Channels;
using BlueEdge.Engines;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>Reads the text on each picture.</summary>
[Engine("ocr", Name = "Text recognition", Slots = 2)]
[Input("Control", ChannelType.Json, Optional = true, Description = "{\"language\": as tesseract names it, eng unless given}, for the pictures after it")]
[Input("InputImage", ChannelType.Image, Description = "PNG, JPEG, WebP, GIF or BMP")]
[Output("OCRResults", ChannelType.Json, Description = "{\"page\", \"text\", \"confidence\", \"words\": [{\"text\", \"confidence\", \"x\", \"y\", \"width\", \"height\"}]} a picture")]
public sealed class OcrEngine(IOptions<DocumentsOptions> options) : EngineGrain
{
    /// <summary>Tesseract computes on one core: while it reads a page, the next one may be on its way.</summary>
    private static readonly int PagesAtOnce = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly TesseractReader _reader = new(options.Value);
    private readonly Queue<Task<OcrResult>> _reading = new();
    private string _language = OcrLanguage.Default;
    private int _pages;

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (input.Has("Control"))
        {
            _language = OcrLanguage.Check(input.Json("Control", DocumentsJson.Default.OcrControl).Language ?? _language);
            return;
        }

        _reading.Enqueue(ReadAsync(++_pages, await input.ReadAsync(cancellationToken), _language, cancellationToken));
        while (_reading.Count >= PagesAtOnce)
        {
            await WriteNextAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        while (_reading.Count > 0)
        {
            await WriteNextAsync(cancellationToken);
        }
    }

    private async Task<OcrResult> ReadAsync(int page, ReadOnlyMemory<byte> picture, string language, CancellationToken cancellationToken)
    {
        var read = await _reader.ReadAsync(picture, language, cancellationToken);
        return new(page, read.Text, read.Confidence, read.Words);
    }

    /// <summary>Writes the oldest page, so that results keep the order of the pictures.</summary>
    private async Task WriteNextAsync(CancellationToken cancellationToken)
    {
        var result = await _reading.Dequeue();
        await Output("OCRResults").WriteAsync(result, DocumentsJson.Default.OcrResult, cancellationToken);
        await Output(WellKnownPorts.Status).WriteAsync(PageStatus.Of(Session.Node, result.Page), DocumentsJson.Default.PageStatus, cancellationToken);
    }
}
