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
    private readonly TesseractReader _reader = new(options.Value);
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

        var page = ++_pages;
        var read = await _reader.ReadAsync(await input.ReadAsync(cancellationToken), _language, cancellationToken);
        await Output("OCRResults").WriteAsync(
            new OcrResult(page, read.Text, read.Confidence, read.Words), DocumentsJson.Default.OcrResult, cancellationToken);
        await Output(WellKnownPorts.Status).WriteAsync(PageStatus.Of(Session.Node, page), DocumentsJson.Default.PageStatus, cancellationToken);
    }
}
