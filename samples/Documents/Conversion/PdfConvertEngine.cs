using BlueEdge.Channels;
using BlueEdge.Engines;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>Draws each page of a PDF: Control <c>{"pdf": "base64" or {"blob": "id"} or {"file": "path"}, "dpi": 200}</c> gives a picture and its metadata a page.</summary>
[Engine("pdf-convert", Name = "PDF to pictures", Slots = 2)]
[Input("Control", ChannelType.Json, Description = "{\"pdf\": base64 or {\"blob\": id} or {\"file\": path}, \"dpi\": 36 to 600, 200 unless given}")]
[Output("ConvertedImage", ChannelType.Image, Description = "A JPEG a page, in order, each as soon as it is drawn")]
[Output("ImageMetadata", ChannelType.Json, Description = "{\"page\", \"width\", \"height\", \"dpi\", \"mediaType\"} a page")]
public sealed class PdfConvertEngine(IOptions<DocumentsOptions> options) : EngineGrain
{
    private readonly PdfRenderer _renderer = new(options.Value);
    private readonly PdfFolder _folder = new(options.Value);
    private int _documents;
    private int _pages;

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var request = ConvertRequest.Parse(input.Json("Control"));
        var path = request.File is null ? await SaveAsync(request, cancellationToken) : _folder.Find(request.File);
        await foreach (var image in _renderer.RenderAsync(path, request.Dpi, cancellationToken))
        {
            // Readers count pictures, so that the pages of a second document go on where the first one's ended.
            var page = ++_pages;
            await Output("ConvertedImage").WriteAsync(image.Bytes, PageImage.MediaType, cancellationToken);
            await Output("ImageMetadata").WriteAsync(
                new ImageMetadata(page, image.Width, image.Height, image.Dpi, PageImage.MediaType),
                DocumentsJson.Default.ImageMetadata,
                cancellationToken);
            await Output(WellKnownPorts.Status).WriteAsync(PageStatus.Of(Session.Node, page), DocumentsJson.Default.PageStatus, cancellationToken);
        }
    }

    private async Task<string> SaveAsync(ConvertRequest request, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Session.TemporaryFolder, $"{++_documents}.pdf");
        await using var content = request.Blob is { } blob ? await OpenBlobAsync(blob, cancellationToken) : new MemoryStream(request.Content ?? []);
        await using var file = File.Create(path);
        await content.CopyToAsync(file, cancellationToken);
        return path;
    }
}
