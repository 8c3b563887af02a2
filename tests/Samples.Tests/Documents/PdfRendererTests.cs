using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Conversion;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class PdfRendererTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Every_page_comes_in_order_with_its_size_in_pixels()
    {
        var path = _folder.File("three.pdf", Pdfs.OfSizes((72, 144), (144, 72), (360, 360)));

        var pages = await RenderAsync(path, dpi: 100);

        Assert.Equal([1, 2, 3], pages.Select(page => page.Page));
        Assert.Equal([(100, 200), (200, 100), (500, 500)], pages.Select(page => (page.Width, page.Height)));
        Assert.All(pages, page => Assert.Equal(100, page.Dpi));
        Assert.All(pages, page => Assert.Equal([0xFF, 0xD8, 0xFF], page.Bytes[..3].ToArray()));
    }

    [Fact]
    public async Task The_first_page_is_out_before_the_second_is_drawn()
    {
        var path = _folder.File("two.pdf", Pdfs.OfSizes((72, 72), (72, 72)));
        var log = Path.Combine(_folder.Path, "log");
        var options = new DocumentsOptions { PdfToPpm = _folder.Script("logged", $"echo drawn >> {log}; exec pdftoppm \"$@\"") };
        await using var pages = Drawing.OfAsync(path, 100, options, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await pages.MoveNextAsync());

        Assert.Single(await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken));
        Assert.True(await pages.MoveNextAsync());
        Assert.False(await pages.MoveNextAsync());
    }

    [Fact]
    public async Task A_file_s_name_is_never_read_by_a_shell()
    {
        var path = _folder.File("-r 72; $(id).pdf", Pdfs.OfSizes((72, 72)));

        var pages = await RenderAsync(path, dpi: 100);

        Assert.Equal(100, Assert.Single(pages).Width);
    }

    [Fact]
    public async Task What_is_no_PDF_is_refused() => await RefusedAsync("letter.pdf", "Dear Sir or Madam"u8, "not a PDF");

    [Fact]
    public async Task An_empty_file_is_refused() => await RefusedAsync("empty.pdf", [], "not a PDF");

    [Fact]
    public async Task A_PDF_without_pages_is_refused() => await RefusedAsync("none.pdf", Pdfs.WithoutPages, "has no pages");

    [Fact]
    public async Task An_encrypted_PDF_is_refused() => await RefusedAsync("secret.pdf", Pdfs.Encrypted, "encrypted");

    [Fact]
    public async Task A_PDF_that_was_cut_off_is_refused() => await RefusedAsync("cut.pdf", Pdfs.Scanned.AsSpan(0, 5000), "broken");

    [Fact]
    public async Task A_page_that_would_take_all_memory_is_refused() =>
        await RefusedAsync("poster.pdf", Pdfs.OfSizes((72, 72), (14400, 14400)), "Page 2", dpi: 600);

    [Theory]
    [InlineData(35)]
    [InlineData(601)]
    [InlineData(-200)]
    public async Task A_dpi_out_of_range_is_refused(int dpi) => await RefusedAsync("good.pdf", Pdfs.OfSizes((72, 72)), "36 to 600", dpi);

    [Theory]
    [InlineData(36)]
    [InlineData(600)]
    public async Task The_ends_of_the_range_are_allowed(int dpi)
    {
        var pages = await RenderAsync(_folder.File("good.pdf", Pdfs.OfSizes((72, 72))), dpi);

        Assert.Equal(dpi, Assert.Single(pages).Width);
    }

    [Fact]
    public async Task A_machine_without_pdftoppm_says_which_package_to_install()
    {
        var path = _folder.File("good.pdf", Pdfs.OfSizes((72, 72)));

        var error = await Assert.ThrowsAsync<DocumentException>(() => RenderAsync(path, 100, new() { PdfToPpm = "no-such-pdftoppm" }));

        Assert.Contains("apt-get install poppler-utils", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_between_and_within_pages()
    {
        using var cancel = new CancellationTokenSource();
        var path = _folder.File("two.pdf", Pdfs.OfSizes((72, 72), (72, 72)));
        await using var pages = Drawing.OfAsync(path, 100, cancellationToken: cancel.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await pages.MoveNextAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pages.MoveNextAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<List<PageImage>> RenderAsync(string path, int dpi, DocumentsOptions? options = null)
    {
        List<PageImage> pages = [];
        await foreach (var page in Drawing.OfAsync(path, dpi, options, TestContext.Current.CancellationToken))
        {
            pages.Add(page);
        }

        return pages;
    }

    private Task RefusedAsync(string name, ReadOnlySpan<byte> content, string message, int dpi = 200)
    {
        var path = _folder.File(name, content);
        return CheckAsync();

        async Task CheckAsync()
        {
            var error = await Assert.ThrowsAsync<DocumentException>(() => RenderAsync(path, dpi));

            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }
}
