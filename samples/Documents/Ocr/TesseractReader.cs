using BlueEdge.Samples.Documents.Pictures;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>Reads the text on a picture, however it is turned.</summary>
internal sealed class TesseractReader(DocumentsOptions options)
{
    // Print reads with more than 90, noisy print with 80; text that is upside down reads with about 50.
    private const double Sure = 80;

    // With fewer words tesseract cannot tell how they stand, and reading them again is quick.
    private const int FewWords = 20;

    // How much of what was read must be read again, once it is turned, for the places to count for more.
    private const double MostOf = 0.9;

    private static readonly int[] Turns = [180, 90, 270];

    private readonly Tesseract _tesseract = new(options);

    /// <summary>Reads the first picture of a file.</summary>
    public async Task<OcrText> ReadAsync(ReadOnlyMemory<byte> file, string language, CancellationToken cancellationToken)
    {
        using var source = PictureFile.Open(file, options);
        using var picture = source.Decode(0);
        return await ReadAsync(picture, OcrSettings.Default with { Language = language }, cancellationToken);
    }

    /// <summary>The text, and the places of its words on the picture as it was given.</summary>
    /// <exception cref="DocumentException">Tesseract or the language is not installed, or the picture cannot be read.</exception>
    public async Task<OcrText> ReadAsync(Picture picture, OcrSettings settings, CancellationToken cancellationToken)
    {
        var png = picture.ToPng();
        var best = await _tesseract.ReadAsync(png, settings, cancellationToken);
        if (best.Words.IsEmpty)
        {
            // Noise and shadows may leave no place between ink and paper that is right for the whole page.
            best = await _tesseract.ReadUnevenAsync(png, settings, cancellationToken);
        }

        if (best.Confidence >= Sure)
        {
            return best.RunsDownwards && await ReadTurnedAsync(picture, 270, settings, cancellationToken) is var upright && upright.Weight >= MostOf * best.Weight
                ? upright
                : best;
        }

        // What reads badly may be turned. Whether it is, shows in whether it reads better turned.
        foreach (var turn in await TurnsToTryAsync(png, best, cancellationToken))
        {
            var read = await ReadTurnedAsync(picture, turn, settings, cancellationToken);
            if (read.Weight > best.Weight && read.Confidence > best.Confidence)
            {
                best = read;
            }

            if (best.Confidence >= Sure)
            {
                break;
            }
        }

        return best;
    }

    private async Task<OcrText> ReadTurnedAsync(Picture picture, int turn, OcrSettings settings, CancellationToken cancellationToken)
    {
        using var turned = picture.Turn(turn);
        var read = await _tesseract.ReadAsync(turned.ToPng(), settings, cancellationToken);
        return read.TurnedBack(turn, picture.Width, picture.Height);
    }

    private async Task<int[]> TurnsToTryAsync(ReadOnlyMemory<byte> png, OcrText read, CancellationToken cancellationToken) =>
        await _tesseract.FindTurnAsync(png, cancellationToken) switch
        {
            { } turn and not 0 => [turn],
            null when read.Words.Length is > 0 and < FewWords => Turns,
            _ => [],
        };
}
