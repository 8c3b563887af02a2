using BlueEdge.Samples.Documents.Ocr;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>A line, or what of it stands together.</summary>
/// <param name="Box">Around its words.</param>
/// <param name="Size">The height of its tallest word, in pixels.</param>
/// <param name="IsSure">Whether one of its words is one beyond doubt.</param>
/// <param name="Block">What tesseract takes it for a part of.</param>
internal sealed record TextPiece(TextBox Box, int Size, bool IsSure, int Block)
{
    // In heights of words: a wide space of a justified line has about one and a half. Lines are half a height apart, and one
    // and a half in double spacing, which only tesseract can tell from lines that have nothing to do with each other.
    private const double MaxSpace = 2.5;
    private const double MaxPitch = 1.05;
    private const double MaxPitchInBlock = 2;
    private const double MaxSizeRatio = 1.4;

    // What tesseract reads in photographs comes close to it now and then, more so in one or two letters.
    private const double Sure = 50;
    private const double SureOfLetters = 60;

    /// <summary>The pieces of lines, which tesseract also makes of a table's cells that are far apart.</summary>
    /// <param name="rows">Words in reading order.</param>
    public static IEnumerable<TextPiece> Of(IEnumerable<TsvRow> rows)
    {
        TextPiece? piece = null;
        TsvRow? before = null;
        foreach (var row in rows)
        {
            var word = Of(row);
            if (piece is not null && before is not null && row.SameLine(before) && piece.IsBeside(word))
            {
                piece = piece.With(word);
            }
            else
            {
                if (piece is not null)
                {
                    yield return piece;
                }

                piece = word;
            }

            before = row;
        }

        if (piece is not null)
        {
            yield return piece;
        }
    }

    public static TextBox BoxOf(OcrWord word) => new(word.X, word.Y, word.Width, word.Height);

    /// <summary>Whether it follows another piece, above or below.</summary>
    public bool IsStackedOn(TextPiece other) =>
        Box.SharesColumns(other.Box)
        && Math.Max(Box.Y, other.Box.Y) - Math.Min(Box.Bottom, other.Box.Bottom) is var distance
        && (Block == other.Block
            ? distance <= MaxPitchInBlock * Math.Max(Size, other.Size)
            : distance <= MaxPitch * Math.Max(Size, other.Size) && Math.Max(Size, other.Size) <= MaxSizeRatio * Math.Min(Size, other.Size));

    private static TextPiece Of(TsvRow row) => new(
        BoxOf(row.Word),
        row.Word.Height,
        row.Word.Confidence >= (row.Word.Text.Length < 3 ? SureOfLetters : Sure) && row.Word.Text.Any(char.IsLetterOrDigit),
        row.Block);

    private bool IsBeside(TextPiece word) =>
        Math.Max(Box.X, word.Box.X) - Math.Min(Box.Right, word.Box.Right) <= MaxSpace * Math.Max(Size, word.Size);

    private TextPiece With(TextPiece word) => this with
    {
        Box = TextBox.Union(Box, word.Box),
        Size = Math.Max(Size, word.Size),
        IsSure = IsSure || word.IsSure,
    };
}
