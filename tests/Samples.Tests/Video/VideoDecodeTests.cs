using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Samples.Tests.Documents;
using BlueEdge.Samples.Video;
using BlueEdge.Samples.Video.Decoding;
using BlueEdge.Sessions;
using BlueEdge.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace BlueEdge.Samples.Tests.Video;

public sealed class VideoDecodeTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly VideoOptions _options = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mp4", int.MaxValue)]
    [InlineData("mp4", 1_000)]
    [InlineData("mp4", 1)]
    [InlineData("ts", int.MaxValue)]
    [InlineData("ts", 1_000)]
    [InlineData("ts", 1)]
    public async Task Every_frame_comes_with_its_number_and_its_time_however_the_film_is_cut(string kind, int length)
    {
        var film = await (kind == "ts" ? Films.TransportStreamAsync(15, 64, 48) : Films.Mp4Async(15, 64, 48));
        await using var engine = await StartAsync();

        await SendAsync(engine, film, length);
        var end = await engine.FinishAsync();

        Assert.Equal((SubSessionStatus.Finished, null), (end.Status, end.Error));
        Assert.Empty(end.Warnings);
        var frames = await engine.ReadAllAsync("Out");
        Assert.Equal(Enumerable.Range(0, 15).Select(i => Times(i, i * 40_000)), frames.Select(Times));
        Assert.All(frames, frame => Assert.Equal(("image/jpeg", 64, 48), (frame.MediaType, Size(frame).Width, Size(frame).Height)));
    }

    [Fact]
    public async Task Frames_come_while_the_film_does()
    {
        var film = await Films.Mp4Async(25);
        await using var engine = await StartAsync();

        await engine.SendAsync("In", film.AsMemory(..^5_000), "video/mp4");

        // The input has not ended, and will not before these are there.
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(Times(i, i * 40_000), Times(await engine.ReadAsync("Out")));
        }
    }

    [Fact]
    public async Task Films_follow_each_other_each_in_its_own_size_and_frames_go_on_being_counted()
    {
        var (small, large) = (await Films.Mp4Async(10), await Films.Mp4Async(5, 320, 240));
        await using var engine = await StartAsync();

        await engine.SendAsync("In", (byte[])[.. small, .. large, .. small[..700]], "video/mp4");
        await engine.SendAsync("In", small.AsMemory(700..), "video/mp4");
        var end = await engine.FinishAsync();

        Assert.Equal((SubSessionStatus.Finished, null), (end.Status, end.Error));
        Assert.Empty(end.Warnings);
        var frames = await engine.ReadAllAsync("Out");
        Assert.Equal(Enumerable.Range(0, 25).Select(i => Times(i, i * 40_000)), frames.Select(Times));
        Assert.Equal([.. Enumerable.Repeat(160, 10), .. Enumerable.Repeat(320, 5), .. Enumerable.Repeat(160, 10)], frames.Select(frame => Size(frame).Width));
    }

    [Fact]
    public async Task Frames_have_the_key_of_what_their_film_began_with()
    {
        var film = await Films.Mp4Async(5);
        await using var engine = await StartAsync();

        foreach (var key in new[] { "first", "second" })
        {
            await engine.SendAsync("In", Payload.Inline(ChannelType.Video, "video/mp4", film.AsMemory(..900)).With(new() { Key = key }));
            await engine.SendAsync("In", Payload.Inline(ChannelType.Video, "video/mp4", film.AsMemory(900..)).With(new() { Key = "other" }));
        }

        await engine.FinishAsync();

        Assert.Equal([.. Enumerable.Repeat("first", 5), .. Enumerable.Repeat("second", 5)], (await engine.ReadAllAsync("Out")).Select(frame => frame.Key));
    }

    [Fact]
    public async Task A_size_that_changes_within_an_MPEG_TS_is_scaled_to_the_first()
    {
        var (first, second) = (await Films.TransportStreamAsync(10), await Films.TransportStreamAsync(10, 320, 240));
        await using var engine = await StartAsync();

        await engine.SendAsync("In", (byte[])[.. first, .. second], "video/mp2t");
        var end = await engine.FinishAsync();

        Assert.Equal((SubSessionStatus.Finished, null), (end.Status, end.Error));
        var frames = await engine.ReadAllAsync("Out");
        Assert.Equal(20, frames.Count);
        Assert.All(frames, frame => Assert.Equal((160, 120), Size(frame)));
        var times = frames.Select(frame => frame.Attributes!.Value.GetProperty("timestamp").GetInt64()).ToList();
        Assert.Equal(times.Order().Distinct(), times);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_nothing_nothing_is_made(bool hasItem)
    {
        await using var engine = await StartAsync();

        if (hasItem)
        {
            await engine.SendAsync("In", ReadOnlyMemory<byte>.Empty, "video/mp4");
        }

        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Finished, end.Status);
        Assert.Empty(await engine.ReadAllAsync("Out"));
    }

    [Theory]
    [InlineData("words", "Item 0 on input 'In' is no film that can be read here; send fragmented MP4 or MPEG-TS.")]
    [InlineData("noise", "Item 0 on input 'In' is no film that can be read here")]
    [InlineData("packets of noise", "Film 1, which begins with item 0 on input 'In': ffmpeg gave it up (exit code 1). It said: ")]
    [InlineData("no fragments", "Item 0 on input 'In' has frames before it says what they are (its box 'mdat' comes before 'moov'); send it in fragments")]
    [InlineData("from its middle", "Item 0 on input 'In' has frames before it says what they are (its box 'moof' comes before 'moov')")]
    [InlineData("noise after it", "Item 1 on input 'In' has no MP4 box at its byte ")]
    [InlineData("sound", "Film 1, which begins with item 0 on input 'In': has no video in it")]
    public async Task What_is_no_such_film_fails_the_session_with_what_it_is(string what, string message)
    {
        var film = await Films.Mp4Async(10);
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        byte[][] items = what switch
        {
            "words" => ["To be or not to be, that is the question"u8.ToArray()],
            "noise" => [noise],
            "packets of noise" => [[0x47, .. noise]],
            "no fragments" => [Seekable(film)],
            "from its middle" => [[.. film.AsSpan(film.AsSpan().IndexOf("moof"u8) - 4)]],
            "noise after it" => [film, noise],
            _ => [await Films.MakeAsync("sine=duration=1", "-c:a aac -f mp4 -movflags +frag_keyframe+empty_moov+default_base_moof")],
        };
        await using var engine = await StartAsync();

        foreach (var item in items)
        {
            await engine.SendAsync("In", item, "video/mp4");
        }

        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains(message, end.Error, StringComparison.Ordinal);
        Assert.Equal(items.Length > 1 ? 10 : 0, (await engine.ReadAllAsync("Out")).Count);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("ts")]
    public async Task Of_a_film_that_is_cut_off_the_frames_are_written_and_that_it_is_cut_is_told(string kind)
    {
        var film = await (kind == "ts" ? Films.TransportStreamAsync(25) : Films.Mp4Async(25));
        await using var engine = await StartAsync();

        await engine.SendAsync("In", film.AsMemory(..(film.Length * 2 / 3)), "video/mp4");
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Finished, end.Status);
        Assert.Contains("Film 1, which begins with item 0 on input 'In', is cut off: ", Assert.Single(end.Warnings, warning => warning.Code == "film-cut").Message, StringComparison.Ordinal);
        var frames = await engine.ReadAllAsync("Out");
        Assert.InRange(frames.Count, 12, 24);
        Assert.Equal(Enumerable.Range(0, frames.Count).Select(i => Times(i, i * 40_000)), frames.Select(Times));
    }

    [Fact]
    public async Task What_ffmpeg_says_of_damage_is_told()
    {
        byte[] film = [.. await Films.Mp4Async(25)];
        film.AsSpan(film.Length * 3 / 4, 2_000).Clear();
        await using var engine = await StartAsync();

        await engine.SendAsync("In", film, "video/mp4");
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Finished, end.Status);
        var warning = Assert.Single(end.Warnings);
        Assert.Equal("film-damaged", warning.Code);
        Assert.Contains("[h264] [error]", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("ts")]
    public async Task Frames_that_are_too_large_are_refused_with_the_setting(string kind)
    {
        _options.MaxMegapixels = 1;
        var film = await (kind == "ts" ? Films.TransportStreamAsync(2, 1280, 960) : Films.Mp4Async(2, 1280, 960));
        await using var engine = await StartAsync();

        await engine.SendAsync("In", film, "video/mp4");
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains("has frames of 1280x960 pixels; at most 1 million are allowed (BlueEdge:Video:MaxMegapixels)", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_items_are_read_part_by_part()
    {
        var film = await Films.Mp4Async(25, 320, 240);
        await using var engine = await StartAsync(setup => setup.ClaimCheckBytes = 10_000);

        await engine.SendAsync("In", new MemoryStream(film), "video/mp4");
        await engine.FinishAsync();

        Assert.Equal(25, (await engine.ReadAllAsync("Out")).Count);
    }

    [Fact]
    public async Task Control_says_how_good_frames_are()
    {
        var film = await Films.Mp4Async(1, 320, 240);
        await using var engine = await StartAsync();

        foreach (var quality in new[] { 100, 50, 1 })
        {
            await engine.SendAsync("Control", new { quality, colour = "none" });
            await engine.SendAsync("In", film, "video/mp4");
            await engine.ReadAsync("Status");
        }

        var end = await engine.FinishAsync();

        var lengths = (await engine.ReadAllAsync("Out")).Select(frame => frame.Bytes.Length).ToList();
        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.Equal(3, lengths.Count);
        Assert.Contains("\"colour\"", end.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"quality": 0}""", "quality is 0; it must be a number from 1 to 100.")]
    [InlineData("""{"quality": "best"}""", "quality is \"best\"; it must be a number")]
    [InlineData("[1]", "Control is [1]; it must be an object.")]
    public async Task Control_fails_with_what_is_wrong(string control, string message)
    {
        await using var engine = await StartAsync();

        await engine.SendJsonAsync("Control", control);
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains(message, end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ffmpeg_that_dies_fails_the_session_at_once_with_its_last_words()
    {
        _options.Ffmpeg = _folder.Script("dies", "head -c 1000 >/dev/null; echo '[mov @ 0x1] [error] These are my last words.' >&2; exit 3");
        var film = await Films.Mp4Async(10);
        await using var engine = await StartAsync();

        // Nothing more comes, and no end.
        await engine.SendAsync("In", film, "video/mp4");
        var end = await engine.WaitForEndAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains("Film 1, which begins with item 0 on input 'In': ffmpeg gave it up (exit code 3). It said: [mov] [error] These are my last words.", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ffmpeg_that_is_killed_fails_the_session_with_what_it_may_take()
    {
        _options.Ffmpeg = _folder.Script("killed", "kill -9 $$");
        await using var engine = await StartAsync();

        await engine.SendAsync("In", await Films.Mp4Async(10), "video/mp4");
        var end = await engine.WaitForEndAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains("exit code 137", end.Error, StringComparison.Ordinal);
        Assert.Contains("BlueEdge:Video:ToolMegabytes", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ffmpeg_that_does_nothing_fails_the_session_with_the_setting()
    {
        _options.Ffmpeg = _folder.Script("sleeps", "exec sleep 1000");
        _options.StallSeconds = 1;
        await using var engine = await StartAsync();

        await engine.SendAsync("In", await Films.Mp4Async(10), "video/mp4");
        var end = await engine.FinishAsync();

        Assert.Equal(SubSessionStatus.Failed, end.Status);
        Assert.Contains("ffmpeg did nothing with it for 1 s (BlueEdge:Video:StallSeconds)", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_ffmpeg_its_package_is_named()
    {
        _options.Ffmpeg = "no-such-ffmpeg";
        await using var engine = await StartAsync();

        await engine.SendAsync("In", await Films.Mp4Async(10), "video/mp4");
        var end = await engine.WaitForEndAsync();

        Assert.Contains("apt-get install ffmpeg", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_in_the_middle_ends_ffmpeg()
    {
        _options.Ffmpeg = _folder.Script("ffmpeg", $"echo $$ > {_folder.Path}/pid; exec ffmpeg \"$@\"");
        await using var engine = await StartAsync();
        await engine.SendAsync("In", (await Films.Mp4Async(25)).AsMemory(..^5_000), "video/mp4");
        await engine.ReadAsync("Out");
        using var ffmpeg = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "pid"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));

        engine.Stop();
        var end = await engine.WaitForEndAsync();

        Assert.Equal(SubSessionStatus.Canceled, end.Status);
        Assert.True(ffmpeg.HasExited);
    }

    private Task<EngineTestHarness> StartAsync(Action<EngineTestSetup>? more = null) => EngineTestHarness.StartAsync<VideoDecodeEngine>(setup =>
    {
        setup.Services.AddSingleton(Options.Create(_options));
        setup.TimeLimit = TimeSpan.FromSeconds(120);
        more?.Invoke(setup);
    });

    private static async Task SendAsync(EngineTestHarness engine, ReadOnlyMemory<byte> film, int length)
    {
        for (var rest = film; rest.Length > 0; rest = rest[Math.Min(length, rest.Length)..])
        {
            await engine.SendAsync("In", rest[..Math.Min(length, rest.Length)], "video/mp4");
        }
    }

    /// <summary>The film as a file that players seek in: its frames come first.</summary>
    private static byte[] Seekable(byte[] film) => [.. film.AsSpan(0, film.AsSpan().IndexOf("moov"u8) - 4), 0, 0, 0, 12, .. "mdat"u8, 1, 2, 3, 4];

    private static string Times(EngineTestItem frame) => JsonSerializer.Serialize(frame.Attributes);

    private static string Times(long frame, long timestamp) => $$"""{"frame":{{frame}},"timestamp":{{timestamp}}}""";

    private static (int Width, int Height) Size(EngineTestItem frame)
    {
        using var pixels = SKBitmap.Decode(frame.Bytes.Span);
        return (pixels.Width, pixels.Height);
    }
}
