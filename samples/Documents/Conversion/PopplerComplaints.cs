using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>What poppler's tools write to their standard error: a line a complaint, such as <c>Syntax Error (701): Bad block header in flate stream</c>.</summary>
internal static class PopplerComplaints
{
    public static string[] Lines(string error) => error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Those that are about a page alone.</summary>
    public static ImmutableArray<string> OfPage(string error, PdfDocument document) => [.. Lines(error).Except(document.Complaints, StringComparer.Ordinal)];

    /// <summary>Those that mean something for what is drawn; warnings about a document's information are none.</summary>
    public static ImmutableArray<string> OfDocument(IEnumerable<string> complaints) =>
    [
        .. complaints.Where(line => line.Contains("Error", StringComparison.Ordinal) && !line.Contains("Suspects", StringComparison.Ordinal)),
    ];

    /// <summary>What the complaints about a page come to, for whoever looks at its picture.</summary>
    public static (string Code, string Message) Sum(ImmutableArray<string> complaints) =>
        complaints.Any(line => line.Contains("font", StringComparison.OrdinalIgnoreCase))
            ? ("page-font-missing", "a font of it is missing or broken: text may be missing or look wrong. Embed the fonts in the PDF")
            : ("page-damaged", "parts of it are broken and may be missing on the picture. Send the PDF repaired, or made anew");
}
