using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BlueEdge.Samples.Documents.Processes;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>
/// Runs tesseract, one process a picture. It gets nothing but pictures that were encoded here: it takes other bytes for a list
/// of files and addresses and would open them.
/// </summary>
internal sealed partial class Tesseract(DocumentsOptions options)
{
    /// <exception cref="DocumentException">Tesseract or the language is not installed, or it cannot read the picture.</exception>
    public Task<OcrText> ReadAsync(ReadOnlyMemory<byte> png, OcrSettings settings, CancellationToken cancellationToken)
    {
        var segmentation = settings.PageSegmentation.ToString(CultureInfo.InvariantCulture);
        return ReadAsync(Command(png, "-l", OcrLanguage.Check(settings.Language), "--psm", segmentation, "tsv"), cancellationToken);
    }

    /// <summary>Takes for ink what is darker than the paper around it, and not than the page as a whole; after Sauvola and Pietikäinen, "Adaptive document image binarization", 2000.</summary>
    /// <exception cref="DocumentException">As without it.</exception>
    public Task<OcrText> ReadUnevenAsync(ReadOnlyMemory<byte> png, OcrSettings settings, CancellationToken cancellationToken)
    {
        var segmentation = settings.PageSegmentation.ToString(CultureInfo.InvariantCulture);
        return ReadAsync(Command(png, "-l", OcrLanguage.Check(settings.Language), "--psm", segmentation, "-c", "thresholding_method=2", "tsv"), cancellationToken);
    }

    /// <summary>The same for words here and there, also faint ones, for which it takes more specks for ink.</summary>
    /// <exception cref="DocumentException">As of a page.</exception>
    public Task<OcrText> ReadScatteredAsync(ReadOnlyMemory<byte> png, string language, CancellationToken cancellationToken) =>
        ReadAsync(
            Command(png, "-l", OcrLanguage.Check(language), "--psm", "11", "-c", "thresholding_method=2", "-c", "thresholding_kfactor=0.2", "tsv"),
            cancellationToken);

    /// <summary>How far the picture should be turned clockwise to stand upright; null where there is too little on it to tell.</summary>
    public async Task<int?> FindTurnAsync(ReadOnlyMemory<byte> png, CancellationToken cancellationToken)
    {
        // Without the data for it (tesseract-ocr-osd) the tool fails, and there is no turn.
        var result = await ToolProcess.RunAsync(Command(png, "-l", "osd", "--psm", "0"), cancellationToken);
        return result.Succeeded && Rotate().Match(Encoding.UTF8.GetString(result.Output.Span)) is { Success: true } match
            ? int.Parse(match.Groups["degrees"].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    private async Task<OcrText> ReadAsync(ToolCommand command, CancellationToken cancellationToken)
    {
        var result = await ToolProcess.RunAsync(command, cancellationToken);
        if (OcrLanguage.Missing(result.Error) is { } missing)
        {
            throw new DocumentException(
                $"tesseract has no language \"{missing}\" on this machine; it has {await ListLanguagesAsync(cancellationToken)}. "
                + $"Install it with: apt-get install tesseract-ocr-{missing.Replace('_', '-')}");
        }

        return result.Succeeded
            ? TsvReader.Read(Encoding.UTF8.GetString(result.Output.Span))
            : throw new DocumentException($"The picture cannot be read: {result.Breakdown(command) ?? "tesseract gave up on it"}. Send it smaller, or raise the setting.")
            {
                PageCode = result.End == ToolEnd.OutOfTime ? PageCodes.TooSlow : PageCodes.NotReadable,
                Details = result.Error,
            };
    }

    private async Task<string> ListLanguagesAsync(CancellationToken cancellationToken)
    {
        var result = await ToolProcess.RunAsync(Command(default) with { Arguments = ["--list-langs"] }, cancellationToken);
        var names = Encoding.UTF8.GetString(result.Output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(", ", names.Where(name => !name.Contains(' ', StringComparison.Ordinal) && !string.Equals(name, "osd", StringComparison.Ordinal)));
    }

    private ToolCommand Command(ReadOnlyMemory<byte> png, params ReadOnlySpan<string> arguments) => new()
    {
        Program = options.Tesseract,
        Package = "tesseract-ocr",
        Arguments = ["stdin", "stdout", .. arguments],
        Limits = ToolLimits.Read(options),

        // Several slots read side by side: more threads for each would only fight for the same cores.
        Environment = ImmutableDictionary<string, string>.Empty.Add("OMP_THREAD_LIMIT", "1"),
        Input = png,
    };

    [GeneratedRegex("^Rotate: (?<degrees>0|90|180|270)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rotate();
}
