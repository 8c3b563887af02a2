using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>Every kind of page once, searched by the engine's detector and read by tesseract alone.</summary>
public sealed class CoveredPages : IAsyncLifetime
{
    // What is below it is a guess, of tesseract too.
    private const double Sure = 60;

    internal IReadOnlyList<PageCoverage> All { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        PageKind[] kinds = [.. TablePages.All, .. ProsePages.All, .. SheetPages.All];
        var pages = new PageCoverage[kinds.Length];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        await Parallel.ForAsync(0, kinds.Length, atOnce, async (page, cancellationToken) => pages[page] = await MeasureAsync(kinds[page], seed: page + 1, cancellationToken));
        All = pages;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<PageCoverage> MeasureAsync(PageKind kind, int seed, CancellationToken cancellationToken)
    {
        var (file, written) = kind.Picture(seed);
        var read = await new Tesseract(new()).ReadAsync(file, OcrSettings.Default, cancellationToken);
        var found = await new TextDetector(new()).DetectAsync(file, cancellationToken);
        return new(kind.Name, found.Boxes, [.. read.Words.Where(word => word.Confidence >= Sure && word.Text.Any(char.IsLetterOrDigit))], written);
    }
}
