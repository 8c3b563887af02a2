using System.Collections.Immutable;
using System.Text;
using BlueEdge.Samples.Documents.Processes;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>Finds out with pdfinfo whether a file is a PDF that can be drawn, and how large its pages are.</summary>
internal sealed class PdfInspector(DocumentsOptions options)
{
    // Poppler, like most readers, takes a PDF whose header comes late, after a mail's headers for instance.
    private const int HeaderWithin = 1024;

    /// <summary>The sizes of all pages, at least one.</summary>
    /// <exception cref="DocumentException">The file is not a PDF, is broken or encrypted, or has no pages.</exception>
    public async Task<ImmutableArray<PageSize>> InspectAsync(string path, CancellationToken cancellationToken)
    {
        await ThrowIfNoPdfAsync(path, cancellationToken);
        var result = await ToolProcess.RunAsync(
            new ToolCommand
            {
                Program = options.PdfInfo,
                Package = "poppler-utils",
                Arguments = ["-enc", "UTF-8", "-f", "1", "-l", "2147483647", Path.GetFullPath(path)],
            },
            cancellationToken);
        var sizes = PdfInfoText.PageSizes(Encoding.UTF8.GetString(result.Output.Span));
        if (sizes is { Length: > 0 } && result.ExitCode == 0)
        {
            return sizes;
        }

        throw new DocumentException(Explain(result));
    }

    private static async Task ThrowIfNoPdfAsync(string path, CancellationToken cancellationToken)
    {
        var head = new byte[HeaderWithin];
        await using var file = File.OpenRead(path);
        var read = await file.ReadAtLeastAsync(head, HeaderWithin, throwOnEndOfStream: false, cancellationToken);
        if (head.AsSpan(0, read).IndexOf("%PDF-"u8) < 0)
        {
            throw new DocumentException("The document is not a PDF: it does not begin with %PDF-.");
        }
    }

    private static string Explain(ToolResult result) => result switch
    {
        { Error: var error } when error.Contains("Incorrect password", StringComparison.Ordinal) =>
            "The PDF is encrypted and opens only with a password. Send it without one.",
        { Error: var error } when error.Contains("security handler", StringComparison.OrdinalIgnoreCase) =>
            "The PDF is encrypted in a way that poppler cannot open. Send it without encryption.",
        { Error: var error } when error.Contains("the last page (0)", StringComparison.Ordinal) => "The PDF has no pages.",
        _ => $"The PDF is broken: {result.Error}",
    };
}
