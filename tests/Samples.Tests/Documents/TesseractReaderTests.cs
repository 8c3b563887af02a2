using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Samples.Documents.Pictures;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class TesseractReaderTests
{
    private readonly TesseractReader _reader = new(new());

    [Fact]
    public async Task Text_confidence_and_the_places_of_words_come_out()
    {
        using var page = new Sketch(1200, 500);
        var ink = page.Text(SampleText.Long, 100, 100, 1000);

        var read = await ReadAsync(page.Encode());

        Assert.Equal(SampleText.Long, read.Text.ReplaceLineEndings(" "));
        Assert.InRange(read.Confidence, 85, 100);
        Assert.Equal(SampleText.Long.Split(' '), read.Words.Select(word => word.Text));
        Assert.All(read.Words, word => Assert.True(
            ink.Contains(word.X + (word.Width / 2f), word.Y + (word.Height / 2f)), $"{word} is not within {ink}"));
        Assert.All(read.Words, word => Assert.InRange(word.Confidence, 0, 100));
    }

    [Fact]
    public async Task Lines_and_paragraphs_stay_apart()
    {
        using var page = new Sketch(1200, 600);
        page.Text("Dear neighbours of the mill,", 100, 100, 1000);
        page.Text("the wheel will turn again on Sunday.", 100, 250, 1000);
        page.Text("Everybody is welcome to watch it.", 100, 291, 1000);

        var read = await ReadAsync(page.Encode());

        Assert.Equal(
            "Dear neighbours of the mill,\n\nthe wheel will turn again on Sunday.\nEverybody is welcome to watch it.", read.Text);
    }

    [Fact]
    public async Task An_empty_page_has_no_words()
    {
        using var page = new Sketch(800, 800);

        var read = await ReadAsync(page.Encode());

        Assert.Empty(read.Text);
        Assert.Empty(read.Words);
        Assert.Equal(0, read.Confidence);
    }

    [Fact]
    public async Task A_tinted_page_full_of_noise_is_read()
    {
        using var page = new Sketch(paper: new SKColor(225, 215, 190));
        page.Text(SampleText.Long, 200, 300, 1200, ink: new SKColor(70, 60, 60));
        page.Grain(15, seed: 2);

        var read = await ReadAsync(page.Encode(SKEncodedImageFormat.Jpeg));

        Assert.StartsWith(SampleText.Long[..150], read.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Every_kind_of_picture_is_read(SKEncodedImageFormat format)
    {
        using var page = new Sketch(800, 200);
        page.Text("The wheel is whole.", 100, 110, 700, size: 40);

        var read = await ReadAsync(page.Encode(format));

        Assert.Equal("The wheel is whole.", read.Text);
    }

    [Fact]
    public async Task Bytes_that_are_no_picture_never_reach_tesseract_which_would_take_them_for_file_names()
    {
        using var folder = new ScratchFolder();
        using var page = new Sketch(800, 200);
        page.Text("A secret of this machine", 100, 110, 700, size: 40);
        var secret = folder.File("secret.png", page.Encode().Span);

        var error = await Assert.ThrowsAsync<DocumentException>(() => ReadAsync(System.Text.Encoding.UTF8.GetBytes(secret)));

        Assert.Contains("not a picture", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xyz", "apt-get install tesseract-ocr-xyz")]
    [InlineData("xyz", "it has eng")]
    [InlineData("eng+xyz", "apt-get install tesseract-ocr-xyz")]
    [InlineData("chi_xyz", "apt-get install tesseract-ocr-chi-xyz")]
    [InlineData("../../secret", "not a language")]
    [InlineData("-c", "not a language")]
    [InlineData("", "not a language")]
    public async Task A_language_that_is_not_there_is_named_with_its_package(string language, string message)
    {
        using var page = new Sketch(100, 100);

        var error = await Assert.ThrowsAsync<DocumentException>(
            () => _reader.ReadAsync(page.Encode(), language, TestContext.Current.CancellationToken));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task A_page_that_lies_on_its_side_or_head_is_read_and_words_are_where_they_are_on_it(int degrees)
    {
        using var page = new Sketch(1200, 500);
        page.Text(SampleText.Long, 100, 100, 1000);
        using var upright = PictureFile.Open(page.Encode(), new());
        using var picture = upright.Decode(0);
        using var turned = picture.Turn(360 - degrees);

        var read = await _reader.ReadAsync(turned, OcrSettings.Default, TestContext.Current.CancellationToken);

        Assert.Equal(SampleText.Long, read.Text.ReplaceLineEndings(" "));
        Assert.Equal(degrees, read.Rotation);
        var before = (await _reader.ReadAsync(picture, OcrSettings.Default, TestContext.Current.CancellationToken)).Words[0];
        var word = read.Words[0];
        var expected = degrees switch
        {
            90 => (before.Y, 1200 - before.X - before.Width, before.Height, before.Width),
            180 => (1200 - before.X - before.Width, 500 - before.Y - before.Height, before.Width, before.Height),
            _ => (500 - before.Y - before.Height, before.X, before.Height, before.Width),
        };
        Assert.Equal(expected, (word.X, word.Y, word.Width, word.Height));
    }

    [Fact]
    public async Task A_few_words_upside_down_are_read()
    {
        using var page = new Sketch(900, 300);
        page.Text("The quick brown fox jumps over the lazy dog, and the dog sleeps.", 60, 80, 800, size: 34);
        page.Rotate(180);

        var read = await ReadAsync(page.Encode());

        Assert.Contains("quick brown fox jumps", read.Text, StringComparison.Ordinal);
        Assert.Equal(180, read.Rotation);
    }

    [Fact]
    public async Task A_machine_without_tesseract_says_which_package_to_install()
    {
        using var page = new Sketch(100, 100);
        var reader = new TesseractReader(new() { Tesseract = "no-such-tesseract" });

        var error = await Assert.ThrowsAsync<DocumentException>(
            () => reader.ReadAsync(page.Encode(), OcrLanguage.Default, TestContext.Current.CancellationToken));

        Assert.Contains("apt-get install tesseract-ocr", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_process_keeps_to_one_thread()
    {
        using var folder = new ScratchFolder();
        using var page = new Sketch(100, 100);
        var reader = new TesseractReader(new()
        {
            Tesseract = folder.Script("threads", "cat >/dev/null; printf '5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t9\\t9\\t90\\t%s\\n' \"$OMP_THREAD_LIMIT\""),
        });

        var read = await reader.ReadAsync(page.Encode(), OcrLanguage.Default, TestContext.Current.CancellationToken);

        Assert.Equal("1", read.Text);
    }

    private Task<OcrText> ReadAsync(ReadOnlyMemory<byte> picture) =>
        _reader.ReadAsync(picture, OcrLanguage.Default, TestContext.Current.CancellationToken);
}
