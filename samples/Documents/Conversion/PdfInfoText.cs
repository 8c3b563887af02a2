using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>Reads what pdfinfo prints.</summary>
internal static partial class PdfInfoText
{
    /// <summary>The line <c>Pages:   3</c>; null where it is missing.</summary>
    public static int? PageCount(string text) =>
        CountLine().Match(text) is { Success: true } match && int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    /// <summary>The lines <c>Page    3 size:  595.44 x 1e+06 pts (A4)</c>, by page; none for a page without area, which is how poppler shows one that is not there.</summary>
    public static ImmutableDictionary<int, PageSize> PageSizes(string text) => SizeLine().Matches(text)
        .Select(match => (Page: (int)Number(match.Groups["page"]), Size: new PageSize(Number(match.Groups["width"]), Number(match.Groups["height"]))))
        .Where(line => line.Size is { Width: > 0, Height: > 0 })
        .ToImmutableDictionary(line => line.Page, line => line.Size);

    /// <summary>
    /// The pages that are no pages: <c>Kid object (page 2) is wrong type (null)</c>. Poppler leaves them out, and counts on
    /// with the next, so that each one before moves the number.
    /// </summary>
    public static ImmutableSortedSet<int> MissingPages(IEnumerable<string> complaints) =>
    [
        .. complaints.Select(line => MissingLine().Match(line)).Where(match => match.Success)
            .Select((match, before) => (int)Number(match.Groups["page"]) + before),
    ];

    private static double Number(Group group) =>
        double.TryParse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^Pages: +(?<count>[0-9]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CountLine();

    [GeneratedRegex(
        "^Page +(?<page>[0-9]+) size: +(?<width>[0-9.e+-]+) x (?<height>[0-9.e+-]+) pts",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex SizeLine();

    [GeneratedRegex(@"Kid object \(page (?<page>[0-9]{1,9})\) is wrong type", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingLine();
}
