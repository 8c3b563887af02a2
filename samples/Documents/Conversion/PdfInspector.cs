using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BlueEdge.Samples.Documents.Processes;
using BlueEdge.Samples.Tools;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>Finds out with pdfinfo whether a file is a PDF that can be drawn, how many pages it has and how large they are.</summary>
internal sealed class PdfInspector(DocumentsOptions options)
{
    // Poppler, like most readers, takes a PDF whose header comes late, after a mail's headers for instance.
    private const int HeaderWithin = 1024;

    /// <exception cref="DocumentException">The file is not a PDF, is broken or encrypted, or has no pages.</exception>
    public async Task<PdfDocument> OpenAsync(string path, string? password, CancellationToken cancellationToken)
    {
        await ThrowIfNoPdfAsync(path, cancellationToken);

        // Poppler takes passwords only from its command line; both kinds are tried.
        ImmutableArray<string> access = password is null ? [] : ["-opw", password, "-upw", password];
        var document = new PdfDocument(Path.GetFullPath(path), 0, access, []);
        var (text, complaints) = await RunAsync(document, [], cancellationToken);
        return PdfInfoText.PageCount(text) is { } pages and > 0
            ? document with { Pages = pages, Complaints = [.. complaints] }
            : throw new DocumentException("The PDF has no pages.");
    }

    /// <summary>The pages of these numbers, and what poppler says of the document when it looks for them.</summary>
    public async Task<(ImmutableArray<PdfPage> Pages, ImmutableArray<string> Complaints)> FindAsync(
        PdfDocument document, ImmutableArray<int> numbers, CancellationToken cancellationToken)
    {
        var last = numbers[^1].ToString(CultureInfo.InvariantCulture);
        var (text, complaints) = await RunAsync(document, ["-f", "1", "-l", last], cancellationToken);
        var sizes = PdfInfoText.PageSizes(text);
        var missing = PdfInfoText.MissingPages(complaints);
        return ([.. numbers.Select(Find)], [.. complaints]);

        PdfPage Find(int number)
        {
            var poppler = number - missing.Count(page => page < number);
            return new(number, poppler, missing.Contains(number) ? null : sizes.GetValueOrDefault(poppler));
        }
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

    private async Task<(string Text, string[] Complaints)> RunAsync(
        PdfDocument document, ImmutableArray<string> arguments, CancellationToken cancellationToken)
    {
        var command = new ToolCommand
        {
            Program = options.PdfInfo,
            Package = "poppler-utils",
            Arguments = ["-enc", "UTF-8", .. document.Access, .. arguments, document.Path],
            Limits = DocumentLimits.Draw(options),
        };
        var result = await ToolProcess.RunAsync(command, cancellationToken);
        return result.Succeeded
            ? (Encoding.UTF8.GetString(result.Output.Span), PopplerComplaints.Lines(result.Error))
            : throw new DocumentException(Explain(result, command, document.Access.Length > 0)) { Details = result.Error };
    }

    private static string Explain(ToolResult result, ToolCommand command, bool hasPassword) => result switch
    {
        { Error: var error } when error.Contains("Incorrect password", StringComparison.Ordinal) => hasPassword
            ? "The PDF does not open with the password given. Send the right one, or the PDF without one."
            : "The PDF is encrypted and opens only with a password. Send it as \"password\", or the PDF without one.",
        { Error: var error } when error.Contains("security handler", StringComparison.OrdinalIgnoreCase) =>
            "The PDF is encrypted in a way that poppler cannot open. Send it without encryption.",
        { Error: var error } when error.Contains("the last page (0)", StringComparison.Ordinal) => "The PDF has no pages.",
        _ when result.Breakdown(command) is { } breakdown => $"The PDF cannot be opened: {breakdown}. Send it repaired, or in parts.",
        _ => "The PDF is broken and cannot be opened. Send it whole, or repaired by a program that opens it.",
    };
}
