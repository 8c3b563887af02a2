using System.Globalization;
using BlueEdge.Samples.Documents.Processes;
using BlueEdge.Samples.Tools;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>Draws a PDF's pages with pdftoppm, one process a page, so that the first page is out before the second is drawn.</summary>
internal sealed class PdfRenderer(DocumentsOptions options)
{
    public const int DefaultDpi = 200;
    public const int MinDpi = 36;
    public const int MaxDpi = 600;

    public static int CheckDpi(int dpi) => dpi is >= MinDpi and <= MaxDpi
        ? dpi
        : throw new DocumentException($"dpi is {dpi}; it must be a whole number from {MinDpi} to {MaxDpi}.");

    /// <summary>Draws what a viewer shows of a page: its crop box, turned as it says.</summary>
    /// <exception cref="DocumentException">The page cannot be drawn, and why; other pages may do.</exception>
    public async Task<PageImage> DrawAsync(PdfDocument document, PdfPage page, int dpi, CancellationToken cancellationToken)
    {
        CheckDpi(dpi);
        ThrowIfNotDrawable(page, dpi);
        var number = page.PopplerNumber.ToString(CultureInfo.InvariantCulture);
        var command = new ToolCommand
        {
            Program = options.PdfToPpm,
            Package = "poppler-utils",
            Arguments =
            [
                "-f", number, "-l", number, "-r", dpi.ToString(CultureInfo.InvariantCulture), "-cropbox",
                "-jpeg", "-jpegopt", "quality=90", .. document.Access, document.Path,
            ],
            Limits = DocumentLimits.Draw(options),
        };
        var result = await ToolProcess.RunAsync(command, cancellationToken);
        return Read(result, document, page, dpi) ?? throw new DocumentException(
            $"Page {page.Number} of the PDF cannot be drawn: {result.Breakdown(command) ?? "it is broken"}. {Remedy(result)}")
        {
            PageCode = result.End == ToolEnd.OutOfTime ? PageCodes.TooSlow : PageCodes.NotDrawable,
            Details = result.Error,
        };
    }

    private static string Remedy(ToolResult result) => result.End == ToolEnd.OutOfTime
        ? "Ask for a lower dpi, raise the setting, or make the page simpler."
        : "Send the PDF repaired, or made anew.";

    // A PDF may call a page ten metres wide, and pdftoppm would take the memory for it.
    private void ThrowIfNotDrawable(PdfPage page, int dpi)
    {
        if (page.Size is null)
        {
            throw new DocumentException(
                $"Page {page.Number} of the PDF cannot be drawn: the PDF counts it, and it is not there. Send the PDF repaired.")
            {
                PageCode = PageCodes.NotDrawable,
            };
        }

        if (page.Size.Fault(dpi, options.MaxMegapixels) is { } fault)
        {
            throw new DocumentException($"Page {page.Number} of the PDF is not drawn: {fault}.") { PageCode = PageCodes.BadSize };
        }
    }

    // pdftoppm ends with 0 also where it drew nothing, so the picture itself, to its last byte, is the proof.
    private static PageImage? Read(ToolResult result, PdfDocument document, PdfPage page, int dpi)
    {
        if (!result.Succeeded || !result.Output.Span.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]))
        {
            return null;
        }

        using var data = SKData.CreateCopy(result.Output.Span);
        using var codec = SKCodec.Create(data);
        return codec is null
            ? null
            : new PageImage(page.Number, codec.Info.Width, codec.Info.Height, dpi, result.Output, PopplerComplaints.OfPage(result.Error, document));
    }
}
