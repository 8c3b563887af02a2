using System.Text.Json;
using BlueEdge.Engines;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Conversion;
using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class DocumentEnginesTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly DocumentsOptions _options = new();

    public DocumentEnginesTests() => _options.FilesPath = _folder.Path;

    [Fact]
    public async Task Pdf_convert_writes_a_picture_its_metadata_and_a_word_on_each_page()
    {
        await using var engine = await StartAsync<PdfConvertEngine>();

        await engine.SendAsync("Control", new { pdf = Pdfs.OfSizes((72, 144), (144, 72)), dpi = 100 });
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Finished, end.Status);
        var pictures = await engine.ReadAllAsync("ConvertedImage");
        Assert.All(pictures, picture => Assert.Equal("image/jpeg", picture.MediaType));
        Assert.Equal([(100, 200), (200, 100)], pictures.Select(picture => Size(picture.Bytes)));
        Assert.Equal(
            [
                """{"page":1,"width":100,"height":200,"dpi":100,"mediaType":"image/jpeg"}""",
                """{"page":2,"width":200,"height":100,"dpi":100,"mediaType":"image/jpeg"}""",
            ],
            (await engine.ReadAllAsync("ImageMetadata")).Select(metadata => metadata.Text));
        Assert.Equal(
            ["""{"type":"page","node":"node","page":1,"pages":2}""", """{"type":"page","node":"node","page":2,"pages":2}"""],
            (await engine.ReadAllAsync("Status")).Take(2).Select(status => status.Text));
    }

    [Fact]
    public async Task Pdf_convert_takes_a_file_by_name_and_goes_on_counting_in_a_second_document()
    {
        _folder.File("two.pdf", Pdfs.OfSizes((72, 72), (72, 72)));
        await using var engine = await StartAsync<PdfConvertEngine>();

        await engine.SendJsonAsync("Control", """{"pdf": {"file": "two.pdf"}, "dpi": 50}""");
        await engine.SendJsonAsync("Control", """{"pdf": {"file": "two.pdf"}, "dpi": 50}""");
        await engine.FinishAsync();

        Assert.Equal([1, 2, 3, 4], (await engine.ReadAllAsync("ImageMetadata")).Select(metadata => metadata.Json().GetProperty("page").GetInt32()));
    }

    [Fact]
    public async Task Pdf_convert_takes_an_upload()
    {
        await using var engine = await StartAsync<PdfConvertEngine>();
        var blob = await engine.UploadAsync(new MemoryStream(Pdfs.OfSizes((72, 72))), "application/pdf");

        await engine.SendAsync("Control", new { pdf = new { blob }, dpi = 50 });

        Assert.Equal(SubSessionStatus.Finished, (await engine.FinishAsync()).Status);
        Assert.Single(await engine.ReadAllAsync("ConvertedImage"));
    }

    [Theory]
    [InlineData("""{"pdf": {"blob": "blob-../../etc/passwd"}}""", "no id of a blob")]
    [InlineData("""{}""", "no \"pdf\"")]
    [InlineData("""{"pdf": ""}""", "not a PDF")]
    [InlineData("""{"pdf": {"file": "../../etc/passwd"}}""", "does not lie in the folder")]
    public async Task Pdf_convert_fails_with_what_is_wrong(string control, string message)
    {
        await using var engine = await StartAsync<PdfConvertEngine>();

        await engine.SendJsonAsync("Control", control);
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains(message, end.Error, StringComparison.Ordinal);
        Assert.Empty(await engine.ReadAllAsync("ConvertedImage"));
    }

    [Fact]
    public async Task Pdf_convert_passes_a_page_on_before_the_next_is_drawn_and_ends_at_once_when_stopped()
    {
        // Drawing the second page takes for ever.
        _options.PdfToPpm = _folder.Script("slow", $"[ \"$2\" = 1 ] && exec pdftoppm \"$@\"; touch {_folder.Path}/second; exec sleep 1000");
        await using var engine = await StartAsync<PdfConvertEngine>();
        await engine.SendAsync("Control", new { pdf = Pdfs.OfSizes((72, 72), (72, 72)) });

        var first = await engine.ReadAsync("ConvertedImage");
        await _folder.AppearsAsync("second", TestContext.Current.CancellationToken);
        engine.Stop();
        var end = await engine.WaitForEndAsync();

        Assert.Equal((200, 200), Size(first.Bytes));
        Assert.Equal(SubSessionStatus.Canceled, end.Status);
        Assert.Empty(await engine.ReadAllAsync("ConvertedImage"));
    }

    [Fact]
    public async Task Text_detect_writes_the_boxes_of_each_picture_and_needs_no_control()
    {
        using var page = new Sketch();
        var ink = page.Text(SampleText.Long, 200, 300, 1200);
        using var blank = new Sketch(400, 300);
        await using var engine = await StartAsync<TextDetectEngine>(setup => setup.LinkInputs("InputImage"));

        await engine.SendAsync("InputImage", page.Encode(), "image/png");
        await engine.SendAsync("InputImage", blank.Encode(), "image/png");
        await engine.FinishAsync();

        var results = await engine.ReadAllAsync("DetectResults");
        Assert.Equal(2, results.Count);
        Assert.Equal((1, 1654, 2339), (Number(results[0].Json(), "page"), Number(results[0].Json(), "width"), Number(results[0].Json(), "height")));
        BoxAssert.Match(
            [ink],
            results[0].Json().GetProperty("boxes").EnumerateArray().Select(
                box => new TextBox(Number(box, "x"), Number(box, "y"), Number(box, "width"), Number(box, "height"))));
        Assert.Equal("""{"page":2,"width":400,"height":300,"boxes":[]}""", results[1].Text);
    }

    [Fact]
    public async Task Text_detect_goes_on_where_control_has_what_it_does_not_know()
    {
        using var blank = new Sketch(400, 300);
        await using var engine = await StartAsync<TextDetectEngine>();

        await engine.SendAsync("Control", new { any = 1 });
        await engine.SendAsync("InputImage", blank.Encode(), "image/png");
        await engine.FinishAsync();

        Assert.Equal("""{"page":1,"width":400,"height":300,"boxes":[]}""", Assert.Single(await engine.ReadAllAsync("DetectResults")).Text);
    }

    [Fact]
    public async Task Ocr_writes_the_text_and_the_words_of_each_picture()
    {
        using var page = new Sketch(800, 200);
        page.Text("The wheel is whole.", 100, 110, 700, size: 40);
        using var blank = new Sketch(400, 300);
        await using var engine = await StartAsync<OcrEngine>(setup => setup.LinkInputs("InputImage"));

        await engine.SendAsync("InputImage", page.Encode(), "image/png");
        await engine.SendAsync("InputImage", blank.Encode(), "image/png");
        await engine.FinishAsync();

        var results = await engine.ReadAllAsync("OCRResults");
        var first = results[0].Json();
        Assert.Equal("The wheel is whole.", first.GetProperty("text").GetString());
        Assert.InRange(first.GetProperty("confidence").GetDouble(), 80, 100);
        Assert.Equal(
            ["text", "confidence", "x", "y", "width", "height"],
            first.GetProperty("words")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"page":2,"text":"","confidence":0,"words":[]}""", results[1].Text);
    }

    [Fact]
    public async Task Ocr_reads_in_the_language_that_control_names()
    {
        using var page = new Sketch(100, 100);
        await using var engine = await StartAsync<OcrEngine>();

        await engine.SendAsync("Control", new { language = "xyz" });
        await engine.SendAsync("InputImage", page.Encode(), "image/png");
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains("apt-get install tesseract-ocr-xyz", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_in_the_blob_store_is_read_like_any_other()
    {
        using var blank = new Sketch(400, 300);
        await using var engine = await StartAsync<TextDetectEngine>(setup => setup.ClaimCheckBytes = 10);

        await engine.SendAsync("InputImage", blank.Encode(), "image/png");
        await engine.FinishAsync();

        Assert.Equal("""{"page":1,"width":400,"height":300,"boxes":[]}""", Assert.Single(await engine.ReadAllAsync("DetectResults")).Text);
    }

    public void Dispose() => _folder.Dispose();

    private static (int Width, int Height) Size(ReadOnlyMemory<byte> picture)
    {
        using var bitmap = SKBitmap.Decode(picture.Span);
        return (bitmap.Width, bitmap.Height);
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private Task<EngineTestHarness> StartAsync<TEngine>(Action<EngineTestSetup>? setup = null)
        where TEngine : EngineGrain =>
        EngineTestHarness.StartAsync<TEngine>(given =>
        {
            given.Services.AddSingleton(Options.Create(_options));
            setup?.Invoke(given);
        });
}
