using System.Runtime.CompilerServices;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Conversion;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>Draws PDFs as the engine does, without the engine.</summary>
internal static class Drawing
{
    /// <summary>All pages, up to the first that cannot be drawn.</summary>
    public static async IAsyncEnumerable<PageImage> OfAsync(
        string path, int dpi, DocumentsOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new();
        var inspector = new PdfInspector(options);
        var document = await inspector.OpenAsync(path, password: null, cancellationToken);
        var (pages, _) = await inspector.FindAsync(document, PageRanges.All.Of(document.Pages, options.MaxPages), cancellationToken);
        foreach (var page in pages)
        {
            yield return await new PdfRenderer(options).DrawAsync(document, page, dpi, cancellationToken);
        }
    }
}
