using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using BlueEdge.Samples.Documents.Processes;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>Draws a PDF's pages with pdftoppm, one process a page, so that the first page is out before the second is drawn.</summary>
internal sealed class PdfRenderer(DocumentsOptions options)
{
    public const int DefaultDpi = 200;
    public const int MinDpi = 36;
    public const int MaxDpi = 600;

    private readonly PdfInspector _inspector = new(options);

    public static int CheckDpi(int dpi) => dpi is >= MinDpi and <= MaxDpi
        ? dpi
        : throw new DocumentException($"dpi is {dpi}; it must be a whole number from {MinDpi} to {MaxDpi}.");

    /// <summary>The pages in order. Nothing is drawn ahead of the reader.</summary>
    /// <exception cref="DocumentException">The file cannot be drawn, or <paramref name="dpi"/> is not 36 to 600.</exception>
    public async IAsyncEnumerable<PageImage> RenderAsync(
        string path, int dpi, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckDpi(dpi);
        var sizes = await _inspector.InspectAsync(path, cancellationToken);
        ThrowIfTooLarge(sizes, dpi);
        for (var page = 1; page <= sizes.Length; page++)
        {
            yield return await RenderPageAsync(path, page, dpi, cancellationToken);
        }
    }

    // A PDF may call a page ten metres wide, and pdftoppm would take the memory for it.
    private void ThrowIfTooLarge(ImmutableArray<PageSize> sizes, int dpi)
    {
        for (var index = 0; index < sizes.Length; index++)
        {
            if (sizes[index].Pixels(dpi) > options.MaxMegapixels * 1e6)
            {
                throw new DocumentException(
                    $"Page {index + 1} of the PDF has {sizes[index].Pixels(dpi) / 1e6:F0} million pixels at {dpi} dpi; "
                    + $"at most {options.MaxMegapixels} million are allowed. Ask for a lower dpi.");
            }
        }
    }

    private async Task<PageImage> RenderPageAsync(string path, int page, int dpi, CancellationToken cancellationToken)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var result = await ToolProcess.RunAsync(
            new ToolCommand
            {
                Program = options.PdfToPpm,
                Package = "poppler-utils",
                Arguments =
                [
                    "-f", number, "-l", number, "-r", dpi.ToString(CultureInfo.InvariantCulture),
                    "-jpeg", "-jpegopt", "quality=90", Path.GetFullPath(path),
                ],
            },
            cancellationToken);

        // pdftoppm ends with 0 also where it drew nothing, so the picture itself is the proof.
        using var data = SKData.CreateCopy(result.Output.Span);
        using var codec = SKCodec.Create(data);
        return codec is null
            ? throw new DocumentException($"Page {page} of the PDF cannot be drawn: {result.Error}")
            : new PageImage(page, codec.Info.Width, codec.Info.Height, dpi, result.Output);
    }
}
