using BlueEdge.Samples.Documents.Conversion;
using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>The scanned report of the demo, end to end.</summary>
public sealed class ScannedPdfTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Every_sentence_is_read_and_every_word_lies_in_a_detected_box()
    {
        var path = _folder.File("scanned.pdf", Pdfs.Scanned);
        var text = new List<string>();
        var (inside, words) = (0, 0);

        await foreach (var page in Drawing.OfAsync(path, PdfRenderer.DefaultDpi, cancellationToken: TestContext.Current.CancellationToken))
        {
            var boxes = (await new TextDetector(new()).DetectAsync(page.Bytes, TestContext.Current.CancellationToken)).Boxes;
            var read = await new TesseractReader(new()).ReadAsync(page.Bytes, OcrLanguage.Default, TestContext.Current.CancellationToken);
            text.Add(string.Join(' ', read.Words.Select(word => word.Text)));
            inside += read.Words.Count(word => boxes.Any(box => Holds(box, word)));
            words += read.Words.Length;
        }

        var whole = string.Join(' ', text);
        Assert.All(Pdfs.ScannedSentences, sentence => Assert.Contains(sentence, whole, StringComparison.Ordinal));
        Assert.InRange(inside, words * 98 / 100, words);
    }

    public void Dispose() => _folder.Dispose();

    private static bool Holds(TextBox box, OcrWord word)
    {
        var (x, y) = (word.X + (word.Width / 2), word.Y + (word.Height / 2));
        return x >= box.X && x < box.X + box.Width && y >= box.Y && y < box.Y + box.Height;
    }
}
