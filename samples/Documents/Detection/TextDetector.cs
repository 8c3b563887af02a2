using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Samples.Documents.Pictures;
using SkiaSharp;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>Finds the blocks of text on a picture, however it is turned: where tesseract reads words, there is text.</summary>
internal sealed class TextDetector(DocumentsOptions options)
{
    // No letter is smaller, in pixels.
    private const int SmallestLetter = 7;

    // Below this a word is a guess, and mostly a picture's texture.
    private const double Doubtful = 30;

    private readonly TesseractReader _reader = new(options);
    private readonly Tesseract _tesseract = new(options);

    /// <summary>The blocks on a picture, as it came.</summary>
    /// <exception cref="DocumentException">Tesseract or the language is not installed, or the picture cannot be read.</exception>
    public async Task<DetectedText> DetectAsync(Picture picture, string language, CancellationToken cancellationToken)
    {
        var (width, height) = (picture.Width, picture.Height);
        if (Math.Min(width, height) < SmallestLetter)
        {
            return new(width, height, []);
        }

        var read = await _reader.ReadAsync(picture, OcrSettings.Default with { Language = language }, cancellationToken);
        using var upright = picture.Turn(read.Rotation);
        TsvRow[] page = [.. read.TurnedBack(360 - read.Rotation, upright.Width, upright.Height).Rows.Where(IsPlausible)];
        var rest = await ReadRestAsync(upright, page, language, cancellationToken);
        var blocks = BlockFinder.Find(TextPiece.Of([.. page, .. rest]));
        var boxes = ReadingOrder.Sort(BlockJoiner.Join(blocks)).Select(block => block.ToBox(upright.Width, upright.Height));
        return new(width, height, [.. boxes.Select(box => box.TurnedBack(read.Rotation, width, height))]);
    }

    /// <summary>
    /// Takes a page for words here and there, once what was read beyond doubt is painted over: that finds what stands on tinted ground, beside
    /// pictures and alone, and costs little where nothing is left.
    /// </summary>
    private async Task<IEnumerable<TsvRow>> ReadRestAsync(Picture picture, TsvRow[] page, string language, CancellationToken cancellationToken)
    {
        var blocks = BlockFinder.Find(TextPiece.Of(page)).Select(block => block.Box).ToList();
        var known = page.Select(row => TextPiece.BoxOf(row.Word)).Where(word => blocks.Exists(block => block.Shared(word) == word.Area));
        using var rest = picture.Without(known.Select(word => SKRectI.Create(word.X, word.Y, word.Width, word.Height)));
        var read = await _tesseract.ReadScatteredAsync(rest.ToPng(), language, cancellationToken);
        return read.Rows.Where(IsPlausibleAlone).Select(row => row with { Block = -row.Block });
    }

    private static bool IsPlausible(TsvRow row) =>
        row.Word.Confidence >= Doubtful && row.Word is { Width: > 0, Height: > 0 };

    private static bool IsPlausibleAlone(TsvRow row) =>
        row.Word.Confidence >= NeededAlone(row.Word.Text) && row.Word is { Width: > 0, Height: >= SmallestLetter };

    // Where single words are looked for, photographs are full of short ones, of which these were the surest.
    private static double NeededAlone(string word) => word.Length switch { 1 => 94, 2 => 86, _ => 78 };
}
