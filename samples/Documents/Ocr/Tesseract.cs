using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BlueEdge.Samples.Documents.Processes;
using BlueEdge.Samples.Tools;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>
/// Runs tesseract, one process a picture. It gets nothing but pictures that were encoded here: it takes other bytes for a list
/// of files and addresses and would open them.
/// </summary>
internal sealed partial class Tesseract(DocumentsOptions options)
{
    /// <summary>Its number for words in no order, wherever they stand.</summary>
    private const int SparseText = 11;

    private static readonly string[] Sauvola = ["-c", "thresholding_method=2"];

    /// <exception cref="DocumentException">Tesseract or the language is not installed, or it cannot read the picture.</exception>
    public Task<OcrText> ReadAsync(ReadOnlyMemory<byte> png, OcrSettings settings, CancellationToken cancellationToken) =>
        ReadAsync(png, settings.Language, settings.PageSegmentation, [], cancellationToken);

    /// <summary>Takes for ink what is darker than the paper around it, and not than the page as a whole; after Sauvola and Pietikäinen, "Adaptive document image binarization", 2000.</summary>
    /// <inheritdoc cref="ReadAsync(ReadOnlyMemory{byte}, OcrSettings, CancellationToken)"/>
    public Task<OcrText> ReadUnevenAsync(ReadOnlyMemory<byte> png, OcrSettings settings, CancellationToken cancellationToken) =>
        ReadAsync(png, settings.Language, settings.PageSegmentation, Sauvola, cancellationToken);

    /// <summary>The same for words here and there, also faint ones, for which it takes more specks for ink.</summary>
    /// <inheritdoc cref="ReadAsync(ReadOnlyMemory{byte}, OcrSettings, CancellationToken)"/>
    public Task<OcrText> ReadScatteredAsync(ReadOnlyMemory<byte> png, string language, CancellationToken cancellationToken) =>
        ReadAsync(png, language, SparseText, [.. Sauvola, "-c", "thresholding_kfactor=0.2"], cancellationToken);

    /// <summary>How far the picture should be turned clockwise to stand upright; null where there is too little on it to tell.</summary>
    public async Task<int?> FindTurnAsync(ReadOnlyMemory<byte> png, CancellationToken cancellationToken)
    {
        // Without the data for it (tesseract-ocr-osd) the tool fails, and there is no turn.
        var result = await ToolProcess.RunAsync(Command(png, "-l", "osd", "--psm", "0"), cancellationToken);
        return result.Succeeded && Rotate().Match(Encoding.UTF8.GetString(result.Output.Span)) is { Success: true } match
            ? int.Parse(match.Groups["degrees"].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    private async Task<OcrText> ReadAsync(
        ReadOnlyMemory<byte> png, string language, int segmentation, string[] thresholding, CancellationToken cancellationToken)
    {
        var command = Command(png, ["-l", OcrLanguage.Check(language), "--psm", segmentation.ToString(CultureInfo.InvariantCulture), .. thresholding, "tsv"]);
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
        Limits = DocumentLimits.Read(options),

        // Several slots read side by side: more threads for each would only fight for the same cores.
        Environment = ImmutableDictionary<string, string>.Empty.Add("OMP_THREAD_LIMIT", "1"),
        Input = png,
    };

    [GeneratedRegex("^Rotate: (?<degrees>0|90|180|270)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rotate();
}
