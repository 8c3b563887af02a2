using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Documents.Detection;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class TextDetectorTests
{
    private readonly TextDetector _detector = new(new());

    [Fact]
    public async Task A_paragraph_is_one_box_around_its_ink()
    {
        using var page = new Sketch();
        var paragraph = page.Text(SampleText.Long, 200, 300, 1200);

        var found = await DetectAsync(page.Encode());

        Assert.Equal((1654, 2339), (found.Width, found.Height));
        BoxAssert.Match([paragraph], found.Boxes);
    }

    [Fact]
    public async Task Paragraphs_with_a_space_between_them_are_boxes_of_their_own()
    {
        using var page = new Sketch();
        var first = page.Text(SampleText.Long, 200, 300, 1200);
        var second = page.Text(SampleText.Other, 200, first.Bottom + 90, 1200);

        BoxAssert.Match([first, second], (await DetectAsync(page.Encode())).Boxes);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(120)]
    public async Task Two_columns_under_a_title_are_read_one_after_the_other(int gutter)
    {
        using var page = new Sketch();
        var title = page.Text("News of the River", 200, 260, 1300, size: 90);
        var left = page.Text(SampleText.Long + " " + SampleText.Other, 200, 420, 580);
        var right = page.Text(SampleText.Other + " " + SampleText.Long, 780 + gutter, 420, 580);

        BoxAssert.Match([title, left, right], (await DetectAsync(page.Encode())).Boxes);
    }

    [Fact]
    public async Task What_stretches_over_both_columns_comes_between_what_is_above_and_below_it()
    {
        using var page = new Sketch();
        var leftAbove = page.Text(SampleText.Long, 200, 300, 580);
        var rightAbove = page.Text(SampleText.Other, 860, 300, 580);
        var heading = page.Text("Meanwhile on the other bank of the stream", 200, 1150, 1300, size: 60);
        var leftBelow = page.Text(SampleText.Other, 200, 1300, 580);
        var rightBelow = page.Text(SampleText.Long, 860, 1300, 580);

        BoxAssert.Match([leftAbove, rightAbove, heading, leftBelow, rightBelow], (await DetectAsync(page.Encode())).Boxes);
    }

    [Fact]
    public async Task A_cover_with_nothing_but_a_large_title_is_found()
    {
        using var page = new Sketch();
        var title = page.Text("YEARLY REPORT", 200, 900, 1400, size: 150);

        BoxAssert.Match([title], (await DetectAsync(page.Encode())).Boxes, tolerance: 30);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(25)]
    public async Task An_empty_page_has_no_boxes_however_noisy(double noise)
    {
        using var page = new Sketch(paper: new SKColor(235, 228, 210));
        page.Grain(noise, seed: 1);

        Assert.Empty((await DetectAsync(page.Encode(SKEncodedImageFormat.Jpeg))).Boxes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_photograph_has_no_boxes(int seed)
    {
        using var page = new Sketch(1000, 800);
        page.Photograph(new SKRectI(0, 0, 1000, 800), seed);
        page.Grain(6, seed);

        Assert.Empty((await DetectAsync(page.Encode(SKEncodedImageFormat.Jpeg))).Boxes);
    }

    [Fact]
    public async Task Beside_a_photograph_only_the_text_is_found()
    {
        using var page = new Sketch();
        page.Photograph(new SKRectI(200, 200, 1400, 1000), seed: 4);
        var caption = page.Text("The mill as it was in spring", 200, 1070, 1200);
        var paragraph = page.Text(SampleText.Long, 200, 1200, 1200);

        BoxAssert.Match([caption, paragraph], (await DetectAsync(page.Encode(SKEncodedImageFormat.Jpeg))).Boxes);
    }

    [Fact]
    public async Task A_tinted_noisy_page_reads_like_a_clean_one()
    {
        using var page = new Sketch(paper: new SKColor(225, 215, 190));
        var paragraph = page.Text(SampleText.Long, 200, 300, 1200, ink: new SKColor(70, 60, 60));
        page.Grain(15, seed: 2);

        BoxAssert.Match([paragraph], (await DetectAsync(page.Encode(SKEncodedImageFormat.Jpeg))).Boxes);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(-1)]
    [InlineData(1.2f)]
    [InlineData(3)]
    public async Task A_crooked_page_keeps_its_columns_and_their_order(float degrees)
    {
        using var page = new Sketch();
        var left = page.Text(SampleText.Long + " " + SampleText.Other, 200, 520, 580);
        var right = page.Text(SampleText.Other + " " + SampleText.Long, 880, 520, 580);
        var turn = SKMatrix.CreateRotationDegrees(degrees, page.Bitmap.Width / 2f, page.Bitmap.Height / 2f);

        var boxes = (await DetectAsync(page.Rotate(degrees).Encode())).Boxes;

        // The corners of a turned paragraph are paper where its lines end early.
        BoxAssert.Match([turn.MapRect(left), turn.MapRect(right)], boxes, tolerance: 45);
    }

    [Fact]
    public async Task Light_text_on_a_dark_page_is_found()
    {
        using var page = new Sketch(paper: new SKColor(20, 30, 60));
        var paragraph = page.Text(SampleText.Long, 200, 300, 1200, ink: SKColors.White);

        BoxAssert.Match([paragraph], (await DetectAsync(page.Encode())).Boxes);
    }

    [Fact]
    public async Task A_light_title_on_a_dark_bar_is_found_above_dark_text()
    {
        using var page = new Sketch();
        page.Box(new SKRect(0, 200, 1654, 420), new SKColor(20, 60, 120));
        var title = page.Text("White on a blue bar", 200, 340, 1400, size: 80, ink: SKColors.White);
        var paragraph = page.Text(SampleText.Long, 200, 560, 1200);

        BoxAssert.Match([title, paragraph], (await DetectAsync(page.Encode())).Boxes);
    }

    [Fact]
    public async Task Faint_text_is_found_also_beside_black_text()
    {
        using var page = new Sketch();
        var black = page.Text(SampleText.Long, 200, 300, 1200);
        var faint = page.Text(SampleText.Other, 200, black.Bottom + 200, 1200, ink: new SKColor(195, 195, 195));

        BoxAssert.Match([black, faint], (await DetectAsync(page.Encode())).Boxes);
    }

    [Fact]
    public async Task Rules_and_frames_are_not_text()
    {
        using var page = new Sketch();
        page.Box(new SKRect(150, 200, 1500, 204), SKColors.Black);
        page.Box(new SKRect(150, 204, 154, 1200), SKColors.Black);
        page.Box(new SKRect(150, 1196, 1500, 1200), SKColors.Black);

        Assert.Empty((await DetectAsync(page.Rotate(0.8f).Encode())).Boxes);
    }

    [Fact]
    public async Task Text_that_flows_around_other_text_is_one_box_with_it()
    {
        using var page = new Sketch();
        var inset = page.Text("Dogs travel free of charge", 900, 300, 300);
        var beside = page.Text(SampleText.Long, 200, 300, 580);
        var below = page.Text(SampleText.Other, 200, 300 + (SampleLines(beside) * 29 * 1.4f), 1200);

        BoxAssert.Match([SKRect.Union(SKRect.Union(inset, beside), below)], (await DetectAsync(page.Encode())).Boxes);

        static int SampleLines(SKRect inked) => (int)Math.Round(inked.Height / (29 * 1.4f));
    }

    [Theory]
    [InlineData(827, 1169, 15)]
    [InlineData(2480, 3508, 44)]
    [InlineData(4960, 7016, 88)]
    public async Task Boxes_are_in_the_picture_s_own_pixels_whatever_its_resolution(int width, int height, float size)
    {
        using var page = new Sketch(width, height);
        var paragraph = page.Text(SampleText.Long, width / 8f, height / 8f, width * 0.7f, size);

        BoxAssert.Match([paragraph], (await DetectAsync(page.Encode(SKEncodedImageFormat.Jpeg))).Boxes, tolerance: size / 2);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public async Task A_picture_without_colours_is_read_too(SKEncodedImageFormat format)
    {
        using var page = new Sketch();
        var paragraph = page.Text(SampleText.Long, 200, 300, 1200);
        using var grey = page.Bitmap.Copy(SKColorType.Gray8);
        using var data = grey.Encode(format, quality: 85);
        using var codec = SKCodec.Create(data);

        Assert.Equal(SKColorType.Gray8, codec.Info.ColorType);
        BoxAssert.Match([paragraph], (await DetectAsync(data.ToArray())).Boxes);
    }

    [Fact]
    public async Task Text_on_a_transparent_page_is_found()
    {
        using var page = new Sketch(paper: SKColors.Transparent);
        var paragraph = page.Text(SampleText.Long, 200, 300, 1200);

        BoxAssert.Match([paragraph], (await DetectAsync(page.Encode())).Boxes);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2000)]
    [InlineData(2000, 1)]
    public async Task A_picture_too_small_for_text_has_no_boxes(int width, int height)
    {
        using var page = new Sketch(width, height);

        Assert.Empty((await DetectAsync(page.Encode())).Boxes);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused()
    {
        var error = await Assert.ThrowsAsync<DocumentException>(() => DetectAsync("words"u8.ToArray()));

        Assert.Contains("not a picture", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_was_cut_off_is_searched_as_far_as_it_goes()
    {
        using var page = new Sketch();
        var ink = page.Text(SampleText.Long, 200, 300, 1200);
        page.Text(SampleText.Other, 200, 1800, 1200);
        var whole = page.Encode();

        var found = await DetectAsync(whole[..(whole.Length * 6 / 10)]);

        BoxAssert.Match([ink], found.Boxes);
    }

    [Fact]
    public async Task A_picture_larger_than_allowed_is_refused()
    {
        using var page = new Sketch(1500, 1000);
        var small = new DocumentsOptions { MaxMegapixels = 1 };

        var error = await Assert.ThrowsAsync<DocumentException>(
            () => new TextDetector(small).DetectAsync(page.Encode(), TestContext.Current.CancellationToken, small));

        Assert.Contains("1500 x 1000", error.Message, StringComparison.Ordinal);
    }

    private Task<DetectedText> DetectAsync(ReadOnlyMemory<byte> picture) => _detector.DetectAsync(picture, TestContext.Current.CancellationToken);
}
