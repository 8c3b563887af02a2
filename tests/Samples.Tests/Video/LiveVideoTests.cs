using System.Diagnostics;
using System.Globalization;
using BlueEdge.Samples.Tests.Documents;
using BlueEdge.Samples.Tests.Programs;

namespace BlueEdge.Samples.Tests.Video;

/// <summary>Films in live sessions of the embedded mode. <c>BLUEEDGE_TEST_FILM=250</c> makes them 10 s of 640 x 480.</summary>
public sealed class LiveVideoTests(VideoSilo silo) : IClassFixture<VideoSilo>
{
    private static readonly int Frames = int.Parse(Environment.GetEnvironmentVariable("BLUEEDGE_TEST_FILM") ?? "60", CultureInfo.InvariantCulture);
    private static readonly (int Width, int Height) Size = Frames > 60 ? (640, 480) : (320, 240);

    [Fact]
    public async Task A_film_goes_through_three_engines_and_comes_back_with_every_frame_at_its_time()
    {
        var film = await Films.Mp4Async(Frames, Size.Width, Size.Height);
        using var session = await FilmSession.SubmitAsync(silo.Address, "every");

        await SendAsync(session, film);
        var items = await session.FinishAsync();

        byte[] drawn = [.. items.SelectMany(item => item.Bytes)];
        Assert.Equal($"h264,{Size.Width},{Size.Height}", await Films.StreamAsync(drawn));
        Assert.Equal(await Films.TimesAsync(film), await Films.TimesAsync(drawn));
        Assert.Equal(Frames, await Films.CountShownAsync(drawn));
        Assert.Equal(Frames * 40_000, items.Skip(1).Sum(item => item.Attributes.GetProperty("duration").GetInt64()));
    }

    [Fact]
    public async Task Channels_that_keep_the_latest_drop_frames_and_what_is_left_is_a_film_of_the_same_length()
    {
        var film = await Films.Mp4Async(Frames, Size.Width, Size.Height);
        using var session = await FilmSession.SubmitAsync(silo.Address, "latest");

        await SendAsync(session, film);
        var items = await session.FinishAsync();

        byte[] drawn = [.. items.SelectMany(item => item.Bytes)];
        var times = await Films.TimesAsync(drawn);
        TestContext.Current.SendDiagnosticMessage("{0} of {1} frames were kept", times.Count, Frames);
        Assert.InRange(times.Count, 1, Frames);
        Assert.Equal(times.Count, await Films.CountShownAsync(drawn));
        Assert.Equal(times.Count, items.Skip(1).Sum(item => item.Attributes.GetProperty("frames").GetInt32()));

        // All are frames of the film at their times, and the last one is among them.
        var began = items[1].Attributes.GetProperty("timestamp").GetInt64() / 1e6;
        var whole = (await Films.TimesAsync(film)).Select(time => Math.Round(time, 3)).ToHashSet();
        Assert.Subset(whole, times.Select(time => Math.Round(began + time, 3)).ToHashSet());
        Assert.Equal((Frames - 1) * 0.04, began + times[^1], precision: 3);
    }

    [Fact]
    public async Task When_the_host_is_killed_its_ffmpeg_ends()
    {
        using var folder = new ScratchFolder();
        var script = folder.Script("ffmpeg", $"echo $$ > {folder.Path}/pid.new; mv {folder.Path}/pid.new {folder.Path}/pid; exec ffmpeg \"$@\"");
        await using var host = await ProgramProcess.StartSiloAsync(Path.Combine(folder.Path, "data"), TestContext.Current.CancellationToken, ("BlueEdge__Video__Ffmpeg", script));
        using var session = await FilmSession.SubmitAsync(host.Address, "every");
        await session.SendAsync((await Films.Mp4Async(25)).AsMemory(..5_000));
        await folder.AppearsAsync("pid", TestContext.Current.CancellationToken);
        using var ffmpeg = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "pid"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));

        await host.KillAsync();

        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>As a camera does: what fragments are made of, one after the other.</summary>
    private static async Task SendAsync(FilmSession session, byte[] film)
    {
        for (var at = 0; at < film.Length;)
        {
            var next = film.AsSpan(at + 8).IndexOf("moof"u8);
            var length = next < 0 ? film.Length - at : next + 4;
            await session.SendAsync(film.AsMemory(at, length));
            at += length;
        }
    }
}
