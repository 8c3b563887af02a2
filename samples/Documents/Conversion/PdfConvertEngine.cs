using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Samples.Documents.Pictures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>Draws each page of a PDF: Control <c>{"pdf": "base64" or {"blob": "id"} or {"file": "path"}, "dpi": 200}</c> gives a picture and its metadata a page.</summary>
[Engine("pdf-convert", Name = "PDF to pictures", Slots = 2)]
[Input("Control", ChannelType.Json, Description = "{\"pdf\": base64 or {\"blob\": id} or {\"file\": path}, \"dpi\": 36 to 600, 200 unless given, \"pages\": such as \"1,3-5\", \"password\", \"onPageError\": skip (unless given) or fail}")]
[Output("ConvertedImage", ChannelType.Image, Description = "A JPEG a page, in order, each as soon as it is drawn")]
[Output("ImageMetadata", ChannelType.Json, Description = "{\"page\", \"width\", \"height\", \"dpi\", \"mediaType\", \"warnings\" where there are any} a page")]
public sealed class PdfConvertEngine(IOptions<DocumentsOptions> options, ILogger<PdfConvertEngine> logger) : EngineGrain
{
    private readonly PdfInspector _inspector = new(options.Value);
    private readonly PdfRenderer _renderer = new(options.Value);
    private readonly PdfFolder _folder = new(options.Value);
    private PageReport? _report;
    private int _documents;
    private int _pages;

    private PageReport Report => _report ??= new(Session, Output(WellKnownPorts.Status), logger);

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var request = ConvertRequest.Parse(input.Json("Control"));
        if (request.Unknown is { } unknown)
        {
            await Report.WarnAsync(PageCodes.UnknownMember, unknown, page: null, details: null, cancellationToken);
        }

        var (document, pages) = await FindPagesAsync(request, cancellationToken);
        foreach (var page in pages)
        {
            // Readers tell documents' pages apart by going on where the first one's ended.
            await DrawAsync(document, page, request, new(_pages + page.Number, _pages + document.Pages), cancellationToken);
        }

        Report.ThrowIfNoneDone(cancellationToken);
        _pages += document.Pages;
    }

    private async Task<(PdfDocument Document, ImmutableArray<PdfPage> Pages)> FindPagesAsync(ConvertRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var path = request.File is null ? await SaveAsync(request, cancellationToken) : _folder.Find(request.File);
            var document = await _inspector.OpenAsync(path, request.Password, cancellationToken);
            var (pages, complaints) = await _inspector.FindAsync(document, request.Pages.Of(document.Pages, options.Value.MaxPages), cancellationToken);
            document = document with { Complaints = [.. document.Complaints.Union(complaints, StringComparer.Ordinal)] };
            if (PopplerComplaints.OfDocument(document.Complaints) is { Length: > 0 } errors)
            {
                await Report.WarnAsync(
                    PageCodes.DocumentDamaged, "The PDF is damaged: parts of it may be missing. Send it repaired, or made anew.", page: null, string.Join('\n', errors), cancellationToken);
            }

            return (document, pages);
        }
        catch (DocumentException error)
        {
            throw Report.Logged(error);
        }
    }

    private async Task DrawAsync(PdfDocument document, PdfPage page, ConvertRequest request, PageNumber number, CancellationToken cancellationToken)
    {
        PageImage image;
        try
        {
            image = await _renderer.DrawAsync(document, page, request.Dpi, cancellationToken);
        }
        catch (DocumentException error)
        {
            await Report.FailedAsync(error, number.Page, request.SkipBadPages, cancellationToken);
            return;
        }

        var warning = await WarnAsync(image, number.Page, cancellationToken);
        await Output("ConvertedImage").WriteAsync(PageMark.Write(image.Bytes, number), PageImage.MediaType, cancellationToken);
        await Output("ImageMetadata").WriteAsync(
            new ImageMetadata(number.Page, image.Width, image.Height, image.Dpi, PageImage.MediaType, warning is null ? null : [warning]),
            DocumentsJson.Default.ImageMetadata,
            cancellationToken);
        await Report.DoneAsync(number, cancellationToken);
    }

    private async Task<string?> WarnAsync(PageImage image, int page, CancellationToken cancellationToken)
    {
        if (image.Complaints.Length == 0)
        {
            return null;
        }

        var (code, sum) = PopplerComplaints.Sum(image.Complaints);
        var message = $"Page {image.Page} of the PDF was drawn with errors: {sum}.";
        await Report.WarnAsync(code, message, page, string.Join('\n', image.Complaints), cancellationToken);
        return message;
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
