using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Samples.Tests.Documents;
using BlueEdge.Samples.Video;
using BlueEdge.Samples.Video.Encoding;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Video;

public sealed class VideoEncodeTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly VideoOptions _options = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    public async Task A_film_has_as_many_frames_as_pictures_came_each_at_its_time(SKEncodedImageFormat format)
    {
        await using var engine = await StartAsync();

        for (var i = 0; i < 30; i++)
        {
            await engine.SendAsync("In", Frame(i, format, new { frame = i, timestamp = 5_000_000 + (i * 40_000) }));
        }

        var end = await engine.FinishAsync();

        Assert.Equal((SubSessionStatus.Finished, null), (end.Status, end.Error));
        var items = await engine.ReadAllAsync("Out");
        Assert.All(items, item => Assert.Equal("video/mp4", item.MediaType));
        Assert.Equal("init", Assert.Single(items[0].Tags));
        Assert.Equal(
            ["""{"fragment":0,"timestamp":5000000,"duration":1000000,"frames":25}""", """{"fragment":1,"timestamp":6000000,"duration":200000,"frames":5}"""],
            items.Skip(1).Select(item => JsonSerializer.Serialize(item.Attributes)));
        var film = Join(items);
        Assert.Equal("h264,160,120", await Films.StreamAsync(film));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i * 0.04), await Films.TimesAsync(film));
        Assert.Equal(30, await Films.CountShownAsync(film));
    }

    [Fact]
    public async Task Where_frames_were_dropped_the_others_keep_their_time()
    {
        int[] milliseconds = [0, 40, 200, 240, 1_040, 2_000, 2_001, 61_000];
        await using var engine = await StartAsync();

        foreach (var (i, time) in milliseconds.Index())
        {
            await engine.SendAsync("In", Frame(i, attributes: new { timestamp = time * 1_000 }));
        }

        await engine.FinishAsync();

        var film = Join(await engine.ReadAllAsync("Out"));
        Assert.Equal(milliseconds.Select(time => time / 1_000.0), (await Films.TimesAsync(film)).Select(time => Math.Round(time, 3)));
        Assert.Equal(milliseconds.Length, await Films.CountShownAsync(film));
    }

    [Fact]
    public async Task Frames_without_a_time_are_shown_at_the_rate()
    {
        await using var engine = await StartAsync();

        await engine.SendAsync("Control", new { rate = 10, fragmentSeconds = 0.5, crf = 40 });
        for (var i = 0; i < 12; i++)
        {
            await engine.SendAsync("In", Frame(i));
            _ = i == 0 ? await engine.ReadAsync("Out") : null;
        }

        await engine.FinishAsync();

        var fragments = await engine.ReadAllAsync("Out");
        Assert.Equal([5, 5, 2], fragments.Select(fragment => fragment.Attributes!.Value.GetProperty("frames").GetInt32()));
        Assert.Equal([500_000, 500_000, 200_000], fragments.Select(fragment => fragment.Attributes!.Value.GetProperty("duration").GetInt32()));
    }

    [Fact]
    public async Task Pictures_of_another_size_are_scaled_to_the_first_and_odd_sides_made_even()
    {
        await using var engine = await StartAsync();

        await engine.SendAsync("In", Frame(0, width: 31, height: 17));
        await engine.SendAsync("In", Frame(1, width: 64, height: 64));
        await engine.SendAsync("In", Frame(2, width: 1, height: 1));
        await engine.SendAsync("In", Frame(3, width: 31, height: 17));
        var end = await engine.FinishAsync();

        Assert.Equal((SubSessionStatus.Finished, null), (end.Status, end.Error));
        var film = Join(await engine.ReadAllAsync("Out"));
        Assert.Equal("h264,32,18", await Films.StreamAsync(film));
        Assert.Equal(4, await Films.CountShownAsync(film));
    }

    [Fact]
    public async Task Grey_pictures_and_coloured_ones_are_one_film()
    {
        using var grey = new SKBitmap(160, 120, SKColorType.Gray8, SKAlphaType.Opaque);
        await using var engine = await StartAsync();

        await engine.SendAsync("In", grey.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray(), "image/jpeg");
        await engine.SendAsync("In", Frame(1));
        await engine.SendAsync("In", grey.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray(), "image/jpeg");
        var end = await engine.FinishAsync();

        Assert.Equal((SubSessionStatus.Finished, null), (end.Status, end.Error));
        Assert.Equal(3, await Films.CountShownAsync(Join(await engine.ReadAllAsync("Out"))));
    }

    [Fact]
    public async Task Of_nothing_nothing_is_made()
    {
        await using var engine = await StartAsync();

        Assert.Equal(SubSessionStatus.Finished, (await engine.FinishAsync()).Status);

        Assert.Empty(await engine.ReadAllAsync("Out"));
    }

    [Theory]
    [InlineData("words", "Item 1 on input 'In' is no picture that can be read here; send JPEG or PNG.")]
    [InlineData("nothing", "Item 1 on input 'In' is no picture that can be read here")]
    [InlineData("other kind", "Item 1 on input 'In' is a picture of the kind Png, and those before it are Jpeg; send all of a film as one kind.")]
    [InlineData("long", "has 1000001 bytes; at most 1 million are allowed (BlueEdge:Video:MaxMegabytes)")]
    [InlineData("large", "has frames of 2000x1000 pixels; at most 1 million are allowed (BlueEdge:Video:MaxMegapixels)")]
    [InlineData("broken", "The film of node 'node': ffmpeg gave it up")]
    [InlineData("earlier", "Item 1 on input 'In' has the timestamp 0, and the frame before it 0; each has to be 100 to")]
    [InlineData("no time", "Item 1 on input 'In' has an attribute timestamp that is no time")]
    public async Task What_cannot_be_a_frame_fails_the_session_with_what_it_is(string what, string message)
    {
        (_options.MaxMegabytes, _options.MaxMegapixels) = (1, 1);
        var item = what switch
        {
            "words" => Picture("To be or not to be"u8.ToArray()),
            "other kind" => Frame(1, SKEncodedImageFormat.Png),
            "long" => Picture(new byte[1_000_001]),
            "large" => Frame(1, width: 2_000, height: 1_000),
            "broken" => Picture((byte[])[0xFF, 0xD8, 0xFF, .. new byte[1_000]]),
            "earlier" => Frame(1, attributes: new { timestamp = 0 }),
            "no time" => Frame(1, attributes: new { timestamp = "noon" }),
            _ => Picture(default),
        };
        await using var engine = await StartAsync();

        await engine.SendAsync("In", Frame(0));
        await engine.SendAsync("In", item);
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains(message, end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"rate": 0}""", "rate is 0; it must be a number from 1 to 240.")]
    [InlineData("""{"crf": 52}""", "crf is 52; it must be a number from 0 to 51.")]
    [InlineData("""{"fragmentSeconds": "long"}""", "fragmentSeconds is \"long\"; it must be a number from 0.1 to 30.")]
    public async Task Control_fails_with_what_is_wrong(string control, string message)
    {
        await using var engine = await StartAsync();

        await engine.SendJsonAsync("Control", control);

        Assert.Contains(message, (await engine.FinishAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_that_comes_too_late_is_told()
    {
        await using var engine = await StartAsync();

        await engine.SendAsync("In", Frame(0));
        await engine.ReadAsync("Out");
        await engine.SendAsync("Control", new { rate = 10, size = 3 });
        var end = await engine.FinishAsync();

        Assert.Equal(["control-late", "control-member-unknown"], end.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public async Task An_ffmpeg_that_leaves_frames_out_fails_the_session()
    {
        // It reads its input to the end, and says that all is well.
        _options.Ffmpeg = _folder.Script("short", "set -f; ffmpeg $(echo \"$@\" | sed 's/ -f mp4/ -frames:v 2 -f mp4/'); cat >/dev/null");
        await using var engine = await StartAsync();

        for (var i = 0; i < 4; i++)
        {
            await engine.SendAsync("In", Frame(i));
        }

        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.StartsWith("The film of node 'node' has 2 of 4 frames.", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_in_the_middle_ends_ffmpeg()
    {
        _options.Ffmpeg = _folder.Script("ffmpeg", $"echo $$ > {_folder.Path}/pid; exec ffmpeg \"$@\"");
        await using var engine = await StartAsync();
        await engine.SendAsync("In", Frame(0));
        await engine.ReadAsync("Out");
        using var ffmpeg = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "pid"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));

        engine.Stop();
        var end = await engine.WaitForEndAsync();

        Assert.Equal(SubSessionStatus.Canceled, end.Status);
        Assert.True(ffmpeg.HasExited);
    }

    private Task<EngineTestHarness> StartAsync() => EngineTestHarness.StartAsync<VideoEncodeEngine>(setup =>
    {
        setup.Services.AddSingleton(Options.Create(_options));
        setup.TimeLimit = TimeSpan.FromSeconds(120);
    });

    private static Payload Frame(int number, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, object? attributes = null, int width = 160, int height = 120)
    {
        using var sketch = new Sketch(width, height, new SKColor((byte)(number * 8), 80, 160));
        var picture = Picture(sketch.Encode(format));
        return attributes is null ? picture : picture.With(new() { Attributes = attributes });
    }

    private static Payload Picture(ReadOnlyMemory<byte> bytes) => Payload.Inline(ChannelType.Image, "image/any", bytes);

    private static byte[] Join(IEnumerable<EngineTestItem> items) => [.. items.SelectMany(item => item.Bytes.ToArray())];
}
