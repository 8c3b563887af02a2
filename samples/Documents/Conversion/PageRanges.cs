using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace BlueEdge.Samples.Documents.Conversion;

/// <summary>Pages as a reader names them: <c>1,3-5,9-</c>.</summary>
internal sealed class PageRanges
{
    private const int LongestText = 1000;

    private readonly ImmutableArray<(int First, int Last)> _ranges;

    private PageRanges(ImmutableArray<(int First, int Last)> ranges) => _ranges = ranges;

    public static PageRanges All { get; } = new([(1, int.MaxValue)]);

    /// <exception cref="DocumentException">The value names no pages.</exception>
    public static PageRanges Parse(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        var ranges = text is null or { Length: > LongestText } ? [] : text.Split(',', StringSplitOptions.TrimEntries).Select(ParseRange).ToImmutableArray();
        return ranges.Length == 0 || ranges.Contains(null)
            ? throw new DocumentException($"pages is {ControlMembers.Shown(value)}; it must be pages and ranges of pages from 1, such as \"1,3-5,9-\".")
            : new([.. ranges.Select(range => range!.Value)]); // None is null: see above.
    }

    /// <summary>The pages of a document of so many, in order, each once.</summary>
    /// <exception cref="DocumentException">A page that is asked for is not there, or there are more than <paramref name="most"/>.</exception>
    public ImmutableArray<int> Of(int pages, int most)
    {
        foreach (var (first, last) in _ranges)
        {
            var absent = last == int.MaxValue ? first : last;
            if (absent > pages)
            {
                throw new DocumentException($"pages asks for page {absent}; the PDF has {pages}.");
            }
        }

        var chosen = new SortedSet<int>();
        foreach (var (first, last) in _ranges)
        {
            for (var page = first; page <= Math.Min(last, pages) && chosen.Count <= most; page++)
            {
                chosen.Add(page);
            }
        }

        return chosen.Count <= most
            ? [.. chosen]
            : throw new DocumentException(
                $"The PDF has {pages} pages; at most {most} are drawn in one go (BlueEdge:Documents:MaxPages). Ask for some with pages, such as \"1-{most}\".");
    }

    private static (int First, int Last)? ParseRange(string text) => text.Split('-', StringSplitOptions.TrimEntries) switch
    {
        [var page] when Number(page) is { } number => (number, number),
        [var first, ""] when Number(first) is { } number => (number, int.MaxValue),
        [var first, var last] when Number(first) is { } from && Number(last) is { } to && from <= to => (from, to),
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < int.MaxValue ? number : null;
}
