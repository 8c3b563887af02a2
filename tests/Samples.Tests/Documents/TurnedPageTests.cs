using BlueEdge.Samples.Documents.Detection;
using BlueEdge.Samples.Documents.Ocr;
using BlueEdge.Samples.Documents.Pictures;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Documents;

public sealed class TurnedPageTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task A_page_s_blocks_are_found_where_they_are_however_it_lies(int degrees)
    {
        using var page = new Sketch(1654, 1000);
        var (first, second) = (page.Text(SampleText.Long, 200, 150, 1200), page.Text(SampleText.Other, 200, 650, 1200));
        using var source = PictureFile.Open(page.Encode(), new());
        using var upright = source.Decode(0);
        using var picture = upright.Turn(degrees);

        var found = await new TextDetector(new()).DetectAsync(picture, OcrLanguage.Default, TestContext.Current.CancellationToken);

        Assert.Equal((picture.Width, picture.Height), (found.Width, found.Height));
        SKRect[] inked = [Turned(first, degrees), Turned(second, degrees)];
        BoxAssert.Match(inked.OrderBy(box => box.Left + box.Top), found.Boxes.OrderBy(box => box.X + box.Y));
    }

    private static SKRect Turned(SKRect box, int degrees) => degrees switch
    {
        90 => new(1000 - box.Bottom, box.Left, 1000 - box.Top, box.Right),
        180 => new(1654 - box.Right, 1000 - box.Bottom, 1654 - box.Left, 1000 - box.Top),
        270 => new(box.Top, 1654 - box.Right, box.Bottom, 1654 - box.Left),
        _ => box,
    };
}
