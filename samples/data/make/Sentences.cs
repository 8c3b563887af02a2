using System.Text.RegularExpressions;

namespace BlueEdge.Samples.ScannedPdf;

internal static partial class Sentences
{
    /// <summary>Every whole sentence of the paragraphs in reading order: what a reader of the scan should find again.</summary>
    public static IEnumerable<string> Of(IEnumerable<ManuscriptPage> pages) =>
        from page in pages
        from line in page.Lines
        where line.Kind == LineKind.Paragraph
        from sentence in Gap().Split(line.Text)
        where sentence.EndsWith('.')
        select sentence;

    [GeneratedRegex(@"(?<=\.) (?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gap();
}
