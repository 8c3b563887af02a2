using BlueEdge.Channels;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Conversion;
using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class DocumentEnginesTests
{
    [Fact]
    public async Task Pdf_convert_writes_a_picture_its_metadata_and_a_word_on_each_page()
    {
        var pdf = Convert.ToBase64String(Pdfs.OfSizes((72, 144), (144, 72)));
        using var trial = new EngineTrial(
            new PdfConvertEngine(EngineTrial.Options()), EngineTrial.Json("Control", $$"""{"pdf": "{{pdf}}", "dpi": 100}"""));

        await trial.RunAsync();

        Assert.Null(trial.Failure);
        Assert.Equal(
            ["ConvertedImage", "ImageMetadata", "Status", "ConvertedImage", "ImageMetadata", "Status"],
            trial.Written.Select(item => item.Port));
        var pictures = trial.Written.Where(item => item.Payload.Type == ChannelType.Image).Select(item => item.Payload).ToList();
        Assert.All(pictures, picture => Assert.Equal("image/jpeg", picture.MediaType));
        Assert.Equal([(100, 200), (200, 100)], pictures.Select(picture => Size(picture.Bytes)));
        Assert.Equal(
            [
                """{"page":1,"width":100,"height":200,"dpi":100,"mediaType":"image/jpeg"}""",
                """{"page":2,"width":200,"height":100,"dpi":100,"mediaType":"image/jpeg"}""",
            ],
            trial.Results("ImageMetadata").Select(metadata => metadata.GetRawText()));
        Assert.Equal("""{"type":"page","node":"Node","page":2}""", trial.Results("Status")[1].GetRawText());
    }

    [Fact]
    public async Task Pdf_convert_takes_a_file_by_name_and_goes_on_counting_in_a_second_document()
    {
        using var folder = new ScratchFolder();
        folder.File("two.pdf", Pdfs.OfSizes((72, 72), (72, 72)));
        var control = EngineTrial.Json("Control", """{"pdf": {"file": "two.pdf"}, "dpi": 50}""");
        using var trial = new EngineTrial(new PdfConvertEngine(EngineTrial.Options(folder.Path)), control, control);

        await trial.RunAsync();

        Assert.Equal([1, 2, 3, 4], trial.Results("ImageMetadata").Select(metadata => metadata.GetProperty("page").GetInt32()));
    }

    [Theory]
    [InlineData("""{}""", "no \"pdf\"")]
    [InlineData("""{"pdf": ""}""", "not a PDF")]
    [InlineData("""{"pdf": {"file": "../../etc/passwd"}}""", "does not lie in the folder")]
    public async Task Pdf_convert_fails_with_what_is_wrong(string control, string message)
    {
        using var folder = new ScratchFolder();
        using var trial = new EngineTrial(new PdfConvertEngine(EngineTrial.Options(folder.Path)), EngineTrial.Json("Control", control));

        await trial.RunAsync();

        Assert.Contains(message, Assert.IsType<DocumentException>(trial.Failure).Message, StringComparison.Ordinal);
        Assert.Empty(trial.Written);
    }

    [Fact]
    public async Task Pdf_convert_that_is_stopped_draws_no_further_page()
    {
        var pdf = Convert.ToBase64String(Pdfs.OfSizes((72, 72), (72, 72), (72, 72)));
        EngineTrial? stopped = null;
        using var trial = new EngineTrial(
            new PdfConvertEngine(EngineTrial.Options()), EngineTrial.Json("Control", $$"""{"pdf": "{{pdf}}"}"""))
        {
            OnWrite = port =>
            {
                if (port is "Status")
                {
                    stopped?.Stop();
                }
            },
        };
        stopped = trial;

        await trial.RunAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(trial.Failure);
        Assert.Single(trial.Written, item => item.Port is "ConvertedImage");
    }

    [Fact]
    public async Task Text_detect_writes_the_boxes_of_each_picture_and_needs_no_control()
    {
        using var page = new Sketch();
        var ink = page.Text(SampleText.Long, 200, 300, 1200);
        using var blank = new Sketch(400, 300);
        using var trial = new EngineTrial(
            new TextDetectEngine(EngineTrial.Options()),
            EngineTrial.Image(page), EngineTrial.Json("Control", """{"any": 1}"""), EngineTrial.Image(blank));

        await trial.RunAsync();

        Assert.Null(trial.Failure);
        var results = trial.Results("DetectResults");
        Assert.Equal(2, results.Length);
        Assert.Equal(1654, results[0].GetProperty("width").GetInt32());
        var box = Assert.Single(results[0].GetProperty("boxes").EnumerateArray());
        BoxAssert.Match(
            [ink],
            [new TextBox(box.GetProperty("x").GetInt32(), box.GetProperty("y").GetInt32(), box.GetProperty("width").GetInt32(), box.GetProperty("height").GetInt32())]);
        Assert.Equal("""{"page":2,"width":400,"height":300,"boxes":[]}""", results[1].GetRawText());
    }

    [Fact]
    public async Task Ocr_writes_the_text_and_the_words_of_each_picture()
    {
        using var page = new Sketch(800, 200);
        page.Text("The wheel is whole.", 100, 110, 700, size: 40);
        using var blank = new Sketch(400, 300);
        using var trial = new EngineTrial(new OcrEngine(EngineTrial.Options()), EngineTrial.Image(page), EngineTrial.Image(blank));

        await trial.RunAsync();

        Assert.Null(trial.Failure);
        var results = trial.Results("OCRResults");
        Assert.Equal("The wheel is whole.", results[0].GetProperty("text").GetString());
        Assert.InRange(results[0].GetProperty("confidence").GetDouble(), 80, 100);
        var word = results[0].GetProperty("words")[0];
        Assert.Equal(["text", "confidence", "x", "y", "width", "height"], word.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"page":2,"text":"","confidence":0,"words":[]}""", results[1].GetRawText());
        Assert.Equal(2, trial.Results("Status").Length);
    }

    [Fact]
    public async Task Ocr_reads_in_the_language_that_control_names()
    {
        using var page = new Sketch(100, 100);
        using var trial = new EngineTrial(
            new OcrEngine(EngineTrial.Options()), EngineTrial.Json("Control", """{"language": "xyz"}"""), EngineTrial.Image(page));

        await trial.RunAsync();

        Assert.Contains("tesseract-ocr-xyz", trial.Failure?.Message, StringComparison.Ordinal);
    }

    private static (int Width, int Height) Size(ReadOnlyMemory<byte> picture)
    {
        using var bitmap = SKBitmap.Decode(picture.Span);
        return (bitmap.Width, bitmap.Height);
    }
}
