using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BlueEdge.Samples.Documents.Conversion;

internal static partial class PdfInfoText
{
    /// <summary>Reads the lines <c>Page    3 size:  595.44 x 842.04 pts (A4)</c>.</summary>
    public static ImmutableArray<PageSize> PageSizes(string text) =>
    [
        .. SizeLine().Matches(text).Select(match => new PageSize(Number(match.Groups["width"]), Number(match.Groups["height"]))),
    ];

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^Page +[0-9]+ size: +(?<width>[0-9.]+) x (?<height>[0-9.]+) pts",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex SizeLine();
}
