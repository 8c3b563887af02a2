using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>
/// The page's number inside of a JPEG, as a comment: where a page is left out, whoever counts pictures would call the next
/// one by its number.
/// </summary>
internal static partial class PageMark
{
    private const int SearchedBytes = 512;
    private const byte Comment = 0xFE;
    private const byte FirstApplicationSegment = 0xE0;

    public static ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> jpeg, PageNumber page)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"BlueEdge page {page.Page} of {page.Of}");
        var at = EndOfHead(jpeg.Span);
        var marked = new byte[jpeg.Length + 4 + text.Length];
        jpeg.Span[..at].CopyTo(marked);
        marked[at] = 0xFF;
        marked[at + 1] = Comment;
        BinaryPrimitives.WriteUInt16BigEndian(marked.AsSpan(at + 2), (ushort)(2 + text.Length));
        Encoding.ASCII.GetBytes(text, marked.AsSpan(at + 4));
        jpeg.Span[at..].CopyTo(marked.AsSpan(at + 4 + text.Length));
        return marked;
    }

    /// <summary>Null for a picture without a mark, which is any that pdf-convert did not draw.</summary>
    public static PageNumber? Read(ReadOnlySpan<byte> picture)
    {
        if (picture is not [0xFF, 0xD8, ..])
        {
            return null;
        }

        var match = Mark().Match(Encoding.Latin1.GetString(picture[..Math.Min(picture.Length, SearchedBytes)]));
        return match.Success ? new PageNumber(Number(match.Groups["page"]), Number(match.Groups["of"])) : null;
    }

    // JFIF wants its segment first.
    private static int EndOfHead(ReadOnlySpan<byte> jpeg) =>
        jpeg is [_, _, 0xFF, FirstApplicationSegment, var high, var low, ..] && 4 + ((high << 8) | low) is var end && end <= jpeg.Length ? end : 2;

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("\u00FF\u00FE..BlueEdge page (?<page>[0-9]{1,9}) of (?<of>[0-9]{1,9})", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
