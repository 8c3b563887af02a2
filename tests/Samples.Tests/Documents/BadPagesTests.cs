using BlueEdge.Engines;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Conversion;
using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Samples.Documents.Pictures;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>What cannot be drawn is named, costs no other page, and moves no number.</summary>
public sealed class BadPagesTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly DocumentsOptions _options = new();

    public static TheoryData<string, int, string, string> BadSecondPages => new()
    {
        { "/MediaBox [0 0 1000000 20]", 200, PageCodes.BadSize, "BlueEdge:Documents:MaxMegapixels" },
        { "/MediaBox [0 0 100000 20]", 200, PageCodes.BadSize, "at most 47" },
        { "/MediaBox [0 0 1000000 1000000]", 200, PageCodes.BadSize, "make the page smaller" },
        { "/MediaBox [0 0 595 0.00005]", 200, PageCodes.BadSize, "less than a pixel at 200 dpi" },
        { "/MediaBox [0 0 72 14400]", 600, PageCodes.BadSize, "at most 327" },
        { "/MediaBox [0 0 14400 14400]", 200, PageCodes.BadSize, "Ask for a dpi of at most 50" },
        { "/MediaBox [0 0 100 100] /CropBox [0 0 0 0]", 200, PageCodes.NotDrawable, "cannot be drawn" },
    };

    [Theory]
    [MemberData(nameof(BadSecondPages))]
    public async Task A_page_of_a_size_that_cannot_be_drawn_is_left_out_and_the_remedy_is_told(string page, int dpi, string code, string message)
    {
        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(BadPdfs.Good(), BadPdfs.Of(page), BadPdfs.Good()), dpi });

        if (run.Warnings.Count == 0)
        {
            // Poppler takes an empty crop box for the media box, as viewers do.
            Assert.Contains("CropBox", page, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(SubSessionStatus.Finished, run.End.Status);
        Assert.Equal([1, 3], run.Pages);
        Assert.Equal((code, 2), run.Warnings.Single());
        Assert.Contains(message, run.Messages.Single(), StringComparison.Ordinal);
        Assert.Contains("Page 2 of the PDF", run.Messages.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, new[] { 2 })]
    [InlineData(3, new[] { 3 })]
    [InlineData(1, new[] { 1, 2 })]
    [InlineData(2, new[] { 2, 4 })]
    public async Task A_page_that_is_not_there_is_named_by_its_own_number(int first, int[] missing)
    {
        var pages = Enumerable.Range(1, 5).Select(page => missing.Contains(page) ? BadPdfs.Missing : BadPdfs.Good($"PAGE {page}"));

        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf([.. pages]), dpi = 100 });

        Assert.Equal(Enumerable.Range(1, 5).Except(missing), run.Pages);
        Assert.Equal(missing, run.Warnings.Where(warning => warning.Code is PageCodes.NotDrawable).Select(warning => warning.Page ?? 0));
        Assert.Contains($"Page {first} of the PDF cannot be drawn", string.Concat(run.Messages), StringComparison.Ordinal);
        foreach (var (page, picture) in run.Pages.Zip(run.Pictures))
        {
            Assert.Equal($"PAGE {page}", (await new TesseractReader(new()).ReadAsync(picture, OcrLanguage.Default, TestContext.Current.CancellationToken)).Text);
        }
    }

    [Fact]
    public async Task Readers_of_the_pictures_keep_the_document_s_numbers_where_a_page_is_left_out()
    {
        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(BadPdfs.Good(), BadPdfs.Missing, BadPdfs.Good()), dpi = 100 });
        await using var ocr = await StartAsync<OcrEngine>(setup => setup.LinkInputs("InputImage"));

        foreach (var picture in run.Pictures)
        {
            await ocr.SendAsync("InputImage", picture, "image/jpeg");
        }

        await ocr.FinishAsync();

        Assert.Equal([1, 3], (await ocr.ReadAllAsync("OCRResults")).Select(result => result.Json().GetProperty("page").GetInt32()));
        Assert.Equal("""{"type":"page","node":"node","page":3,"pages":3}""", (await ocr.ReadAllAsync("Status"))[1].Text);
    }

    [Fact]
    public async Task A_page_whose_content_is_broken_is_drawn_with_a_warning_there_and_in_the_metadata()
    {
        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(BadPdfs.Good(), BadPdfs.BrokenContent, BadPdfs.Good()), dpi = 100 });

        Assert.Equal([1, 2, 3], run.Pages);
        Assert.Equal(("page-damaged", 2), run.Warnings.Single());
        Assert.DoesNotContain("Syntax Error", run.Messages.Single(), StringComparison.Ordinal);
        Assert.Equal([false, true, false], run.HasWarnings);
    }

    [Fact]
    public async Task A_font_that_is_missing_is_a_warning()
    {
        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(BadPdfs.WithoutFont), dpi = 100 });

        Assert.Equal(("page-font-missing", 1), run.Warnings.Single());
    }

    [Fact]
    public async Task A_good_document_has_no_warnings()
    {
        var run = await ConvertAsync(new { pdf = Pdfs.Scanned, dpi = 72 });

        Assert.Empty(run.Warnings);
        Assert.All(run.HasWarnings, Assert.False);
    }

    [Fact]
    public async Task A_page_that_takes_too_long_is_left_out_and_the_setting_is_named()
    {
        _options.DrawSeconds = 3;
        _options.PdfToPpm = _folder.Script("slow", "[ \"$2\" = 2 ] && exec sleep 1000; exec pdftoppm \"$@\"");

        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(BadPdfs.Good(), BadPdfs.Good(), BadPdfs.Good()), dpi = 72 });

        Assert.Equal([1, 3], run.Pages);
        Assert.Equal((PageCodes.TooSlow, 2), run.Warnings.Single());
        Assert.Contains("BlueEdge:Documents:DrawSeconds", run.Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_slow_pages_is_given_up()
    {
        _options.DrawSeconds = 1;
        _options.PdfToPpm = _folder.Script("slow", "exec sleep 1000");

        var run = await ConvertAsync(new { pdf = Pdfs.OfSizes([.. Enumerable.Repeat((72f, 72f), 50)]) });

        Assert.Equal(SubSessionStatus.Failed, run.End.Status);
        Assert.Contains("3 pages took too long", run.End.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_fail_the_first_bad_page_is_the_end()
    {
        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(BadPdfs.Good(), BadPdfs.Missing, BadPdfs.Good()), dpi = 72, onPageError = "fail" });

        Assert.Equal(SubSessionStatus.Failed, run.End.Status);
        Assert.Equal([1], run.Pages);
        Assert.Contains("Page 2 of the PDF cannot be drawn", run.End.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_page_can_be_drawn_the_session_fails_with_the_first_reason()
    {
        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(BadPdfs.Of("/MediaBox [0 0 1000000 1000000]"), BadPdfs.Of("/MediaBox [0 0 1000000 1000000]")) });

        Assert.Equal(SubSessionStatus.Failed, run.End.Status);
        Assert.Contains("None of 2 pages could be worked on. The first: Page 1 of the PDF", run.End.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"2\"", new[] { 2 })]
    [InlineData("3", new[] { 3 })]
    [InlineData("\"1,3-4\"", new[] { 1, 3, 4 })]
    [InlineData("\"4-, 2\"", new[] { 2, 4, 5 })]
    public async Task Pages_that_are_asked_for_keep_their_numbers(string pages, int[] drawn)
    {
        var run = await ConvertAsync(new
        {
            pdf = Pdfs.OfSizes([.. Enumerable.Repeat((72f, 72f), 5)]),
            dpi = 36,
            pages = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(pages),
        });

        Assert.Equal(drawn, run.Pages);
    }

    [Fact]
    public async Task More_pages_than_are_allowed_are_refused_with_the_setting_and_a_way_out()
    {
        _options.MaxPages = 4;

        var run = await ConvertAsync(new { pdf = Pdfs.OfSizes([.. Enumerable.Repeat((72f, 72f), 5)]), dpi = 36 });

        Assert.Equal(SubSessionStatus.Failed, run.End.Status);
        Assert.Contains("BlueEdge:Documents:MaxPages). Ask for some with pages, such as \"1-4\"", run.End.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_of_control_that_is_not_known_is_warned_of()
    {
        var run = await ConvertAsync(new Dictionary<string, object> { ["pdf"] = Pdfs.OfSizes((72, 72)), ["DPI"] = 300, ["colour"] = true });

        Assert.Equal([1], run.Pages);
        Assert.Equal((PageCodes.UnknownMember, null), run.Warnings.Single());
        Assert.Contains("\"DPI\" (write \"dpi\"), \"colour\"", run.Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_a_viewer_shows_is_drawn()
    {
        var page = BadPdfs.Of("/MediaBox [0 0 500 400] /CropBox [40 50 500 180]", "SHOWN) Tj 0 150 Td (HIDDEN");

        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(page), dpi = 144 });

        Assert.Equal((920, 260), Size(run.Pictures.Single()));
        Assert.Equal("SHOWN", (await new TesseractReader(new()).ReadAsync(run.Pictures.Single(), OcrLanguage.Default, TestContext.Current.CancellationToken)).Text);
    }

    [Theory]
    [InlineData("/MediaBox [0 0 26000 26000] /CropBox [0 0 144 72]", 144, 72)]
    [InlineData("/MediaBox [0 0 200 100] /CropBox [0 0 26000 26000]", 200, 100)]
    [InlineData("/MediaBox [200 100 0 0]", 200, 100)]
    [InlineData("/MediaBox [-100 -50 100 50]", 200, 100)]
    [InlineData("/MediaBox [0 0 200 100] /Rotate 90", 100, 200)]
    [InlineData("/MediaBox [0 0 200 100] /Rotate 270 /CropBox [0 0 150 50]", 50, 150)]
    [InlineData("/MediaBox [0 0 200 100] /UserUnit 1000", 200, 100)]
    public async Task The_box_that_is_measured_is_the_box_that_is_drawn(string page, int width, int height)
    {
        var run = await ConvertAsync(new { pdf = BadPdfs.Pdf(BadPdfs.Of(page)), dpi = 72 });

        Assert.Empty(run.Warnings);
        Assert.Equal((width, height), Size(run.Pictures.Single()));
    }

    public void Dispose() => _folder.Dispose();

    private static (int Width, int Height) Size(ReadOnlyMemory<byte> picture)
    {
        using var bitmap = SKBitmap.Decode(picture.Span);
        return (bitmap.Width, bitmap.Height);
    }

    private async Task<Conversion> ConvertAsync(object control)
    {
        await using var engine = await StartAsync<PdfConvertEngine>();
        await engine.SendAsync("Control", control);
        var end = await engine.FinishAsync();
        var metadata = (await engine.ReadAllAsync("ImageMetadata")).Select(item => item.Json()).ToList();
        var warnings = (await engine.ReadAllAsync("Status")).Select(item => item.Json()).Where(status => status.GetProperty("type").GetString() is "warning").ToList();
        var pictures = (await engine.ReadAllAsync("ConvertedImage")).Select(item => item.Bytes).ToList();
        Assert.Equal(pictures.Select(picture => PageMark.Read(picture.Span)?.Page), metadata.Select(item => (int?)item.GetProperty("page").GetInt32()));
        return new(
            end,
            [.. metadata.Select(item => item.GetProperty("page").GetInt32())],
            [.. metadata.Select(item => item.TryGetProperty("warnings", out _))],
            pictures,
            [.. warnings.Select(warning => (warning.GetProperty("code").GetString() ?? "", warning.TryGetProperty("page", out var page) ? page.GetInt32() : (int?)null)).Where(warning => warning.Item1 is not PageCodes.DocumentDamaged)],
            [.. warnings.Where(warning => warning.GetProperty("code").GetString() is not PageCodes.DocumentDamaged).Select(warning => warning.GetProperty("message").GetString() ?? "")]);
    }

    private Task<EngineTestHarness> StartAsync<TEngine>(Action<EngineTestSetup>? setup = null)
        where TEngine : EngineGrain =>
        EngineTestHarness.StartAsync<TEngine>(given =>
        {
            given.Services.AddSingleton(Options.Create(_options));
            setup?.Invoke(given);
        });

    private sealed record Conversion(
        EngineTestEnd End,
        List<int> Pages,
        List<bool> HasWarnings,
        List<ReadOnlyMemory<byte>> Pictures,
        List<(string Code, int? Page)> Warnings,
        List<string> Messages);
}
