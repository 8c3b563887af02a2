using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Samples.Images;
using BlueEdge.Samples.Tests.Documents;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Images;

public sealed class ImageEnginesTests
{
    private readonly ImagesOptions _options = new() { Quality = 95 };

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    public async Task Image_grey_makes_colours_as_bright_as_they_are(SKEncodedImageFormat format)
    {
        using var sketch = Halves(64, 48, SKColors.Red, SKColors.Lime);
        await using var engine = await StartAsync<GreyEngine>();

        await engine.SendAsync("In", sketch.Encode(format), "image/any");
        var written = await engine.ReadAsync("Out");

        using var grey = SKBitmap.Decode(written.Bytes.Span);
        Assert.Equal(("image/jpeg", 64, 48, SKColorType.Gray8), (written.MediaType, grey.Width, grey.Height, ColorType(written)));
        Assert.InRange(grey.GetPixel(10, 20).Red, 72, 80); // 0.299 of 255
        Assert.InRange(grey.GetPixel(50, 20).Red, 146, 154); // 0.587 of it
    }

    [Fact]
    public async Task What_is_transparent_is_white()
    {
        using var sketch = Halves(64, 48, SKColors.Transparent, new(0, 0, 0, 128));
        await using var engine = await StartAsync<GreyEngine>();

        await engine.SendAsync("In", sketch.Encode(), "image/png");

        using var grey = SKBitmap.Decode((await engine.ReadAsync("Out")).Bytes.Span);
        Assert.InRange(grey.GetPixel(10, 20).Red, 252, 255);
        Assert.InRange(grey.GetPixel(50, 20).Red, 123, 131);
    }

    [Fact]
    public async Task Image_edges_draws_the_line_between_two_halves_and_nothing_else()
    {
        using var sketch = Halves(64, 48, SKColors.Navy, SKColors.White);
        await using var engine = await StartAsync<EdgesEngine>();

        await engine.SendAsync("In", sketch.Encode(), "image/png");

        using var edges = SKBitmap.Decode((await engine.ReadAsync("Out")).Bytes.Span);
        Assert.Equal((64, 48), (edges.Width, edges.Height));
        for (var y = 4; y < 44; y++)
        {
            Assert.InRange(edges.GetPixel(31, y).Red, 230, 255);
            Assert.InRange(edges.GetPixel(32, y).Red, 230, 255);
            Assert.InRange(edges.GetPixel(10, y).Red, 0, 8);
            Assert.InRange(edges.GetPixel(54, y).Red, 0, 8);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 9)]
    [InlineData(3, 3)]
    public async Task Image_edges_takes_the_smallest_pictures(int width, int height)
    {
        using var sketch = new Sketch(width, height);
        await using var engine = await StartAsync<EdgesEngine>();

        await engine.SendAsync("In", sketch.Encode(), "image/png");

        using var edges = SKBitmap.Decode((await engine.ReadAsync("Out")).Bytes.Span);
        Assert.Equal((width, height), (edges.Width, edges.Height));
        Assert.InRange(edges.GetPixel(0, 0).Red, 0, 4);
    }

    [Fact]
    public async Task Pictures_of_any_size_follow_each_other()
    {
        await using var engine = await StartAsync<EdgesEngine>();
        (int, int)[] sizes = [(64, 48), (640, 480), (48, 64), (64, 48)];

        foreach (var (width, height) in sizes)
        {
            using var sketch = Halves(width, height, SKColors.Black, SKColors.White);
            await engine.SendAsync("In", sketch.Encode(), "image/png");
        }

        await engine.FinishAsync();
        var written = await engine.ReadAllAsync("Out");
        Assert.Equal(sizes, written.Select(picture => Size(picture.Bytes)));
        Assert.All(written, picture => Assert.InRange(Middle(picture), 230, 255));
        Assert.Equal(written[0].Bytes.ToArray(), written[3].Bytes.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_camera_that_was_held_otherwise_gives_upright_pictures(int orientation)
    {
        using var upright = Quarters(64, 48, SKColors.Black, SKColors.Gray, SKColors.LightGray, SKColors.White);
        using var stored = Files.Stored(upright, orientation);
        await using var engine = await StartAsync<GreyEngine>();

        await engine.SendAsync("In", Files.WithExif(stored.Encode(SKEncodedImageFormat.Jpeg), orientation), "image/jpeg");

        using var grey = SKBitmap.Decode((await engine.ReadAsync("Out")).Bytes.Span);
        Assert.Equal((64, 48), (grey.Width, grey.Height));
        int[] quarters = [grey.GetPixel(16, 12).Red, grey.GetPixel(48, 12).Red, grey.GetPixel(16, 36).Red, grey.GetPixel(48, 36).Red];
        Assert.All(quarters.Zip([0, 128, 211, 255]), quarter => Assert.InRange(quarter.First, quarter.Second - 4, quarter.Second + 4));
    }

    [Theory]
    [InlineData(typeof(GreyEngine))]
    [InlineData(typeof(EdgesEngine))]
    public async Task What_an_item_says_of_itself_is_said_of_the_picture_made_of_it(Type type)
    {
        using var sketch = new Sketch(8, 8);
        await using var engine = await StartAsync(type);
        var frame = Payload.Inline(ChannelType.Image, "image/png", sketch.Encode()).With(new() { Key = "film", Tags = ["late"], Attributes = new { time = 0.04, frame = 1 } });

        await engine.SendAsync("In", frame);
        await engine.SendAsync("In", sketch.Encode(), "image/png");

        var first = await engine.ReadAsync("Out");
        Assert.Equal(("film", "late", """{"time":0.04,"frame":1}"""), (first.Key, Assert.Single(first.Tags), JsonSerializer.Serialize(first.Attributes)));
        var second = await engine.ReadAsync("Out");
        Assert.Equal((null, 0, null), (second.Key, second.Tags.Length, second.Attributes));
    }

    [Theory]
    [InlineData("words", "Item 1 on input 'In' is no picture that can be read here; send JPEG or PNG.")]
    [InlineData("nothing", "Item 1 on input 'In' is no picture")]
    [InlineData("bomb", "is 60000 x 60000 pixels; at most 25 million are allowed (BlueEdge:Images:MaxMegapixels)")]
    [InlineData("gif", "is Gif, which is not read here; send JPEG or PNG.")]
    [InlineData("half a JPEG", "is a picture that is cut off or broken inside; send it again, whole.")]
    [InlineData("half a PNG", "is a picture that is cut off or broken inside; send it again, whole.")]
    [InlineData("long", "has 1000001 bytes; at most 1 million are allowed (BlueEdge:Images:MaxMegabytes)")]
    public async Task What_is_no_such_picture_fails_the_session_with_what_it_is(string what, string message)
    {
        using var sketch = new Sketch(400, 300).Grain(40, 1);
        _options.MaxMegabytes = 1;
        ReadOnlyMemory<byte> item = what switch
        {
            "words" => "To be or not to be"u8.ToArray(),
            "bomb" => Files.PngBomb(60_000, 60_000),
            "gif" => Files.Gif(sketch),
            "half a JPEG" => Half(sketch.Encode(SKEncodedImageFormat.Jpeg)),
            "half a PNG" => Half(sketch.Encode()),
            "long" => new byte[1_000_001],
            _ => default,
        };
        await using var engine = await StartAsync<EdgesEngine>();
        await engine.SendAsync("In", sketch.Encode(SKEncodedImageFormat.Jpeg), "image/jpeg");

        await engine.SendAsync("In", item, "image/jpeg");

        var end = await engine.WaitForEndAsync();
        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains(message, end.Error, StringComparison.Ordinal);
        Assert.Single(await engine.ReadAllAsync("Out"));
    }

    [Fact]
    public async Task A_picture_that_nobody_reads_is_looked_at_all_the_same()
    {
        await using var engine = await EngineTestHarness.StartAsync<GreyEngine>(setup =>
        {
            setup.Services.AddSingleton(Options.Create(_options));
            setup.LinkOutputs();
        });

        await engine.SendAsync("In", "no picture"u8.ToArray(), "image/png");

        Assert.Equal(SubSessionStatus.Failed, (await engine.WaitForEndAsync()).Status);
    }

    private Task<EngineTestHarness> StartAsync<TEngine>()
        where TEngine : EngineGrain =>
        EngineTestHarness.StartAsync<TEngine>(setup => setup.Services.AddSingleton(Options.Create(_options)));

    private Task<EngineTestHarness> StartAsync(Type type) => type == typeof(GreyEngine) ? StartAsync<GreyEngine>() : StartAsync<EdgesEngine>();

    private static Sketch Halves(int width, int height, SKColor left, SKColor right) => Quarters(width, height, left, right, left, right);

    private static Sketch Quarters(int width, int height, SKColor leftAbove, SKColor rightAbove, SKColor leftBelow, SKColor rightBelow)
    {
        var sketch = new Sketch(width, height);
        sketch.Bitmap.Erase(leftAbove, new(0, 0, width / 2, height / 2));
        sketch.Bitmap.Erase(rightAbove, new(width / 2, 0, width, height / 2));
        sketch.Bitmap.Erase(leftBelow, new(0, height / 2, width / 2, height));
        sketch.Bitmap.Erase(rightBelow, new(width / 2, height / 2, width, height));
        return sketch;
    }

    private static ReadOnlyMemory<byte> Half(ReadOnlyMemory<byte> file) => file[..(file.Length / 2)];

    private static int Middle(EngineTestItem picture)
    {
        using var pixels = SKBitmap.Decode(picture.Bytes.Span);
        return pixels.GetPixel(pixels.Width / 2, pixels.Height / 2).Red;
    }

    private static SKColorType ColorType(EngineTestItem picture)
    {
        using var data = SKData.CreateCopy(picture.Bytes.Span);
        using var codec = SKCodec.Create(data);
        return codec.Info.ColorType;
    }

    private static (int Width, int Height) Size(ReadOnlyMemory<byte> picture)
    {
        using var pixels = SKBitmap.Decode(picture.Span);
        return (pixels.Width, pixels.Height);
    }
}
