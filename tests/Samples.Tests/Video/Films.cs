using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BlueEdge.Samples.Tests.Video;

/// <summary>Films of a test picture that moves, and what ffprobe says of others.</summary>
internal static class Films
{
    public const int Rate = 25;

    private static readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> Made = new(StringComparer.Ordinal);

    /// <summary>A film in fragments of half a second.</summary>
    public static Task<byte[]> Mp4Async(int frames, int width = 160, int height = 120) => MakeAsync(
        Picture(frames, width, height), "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 12 -f mp4 -movflags +frag_keyframe+empty_moov+default_base_moof");

    /// <summary>The same as MPEG-TS.</summary>
    public static Task<byte[]> TransportStreamAsync(int frames, int width = 160, int height = 120) => MakeAsync(
        Picture(frames, width, height), "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 12 -f mpegts");

    /// <summary>Makes a film of a source of ffmpeg's.</summary>
    public static Task<byte[]> MakeAsync(string source, string how) =>
        Made.GetOrAdd($"-f lavfi -i {source} {how}", arguments => new(() => RunAsync("ffmpeg", ["-v", "error", .. arguments.Split(' '), "pipe:1"], default))).Value;

    /// <summary>When each frame of a film is shown, in seconds, as ffprobe says; it fails where ffprobe complains of the film.</summary>
    public static async Task<IReadOnlyList<double>> TimesAsync(ReadOnlyMemory<byte> film) =>
        [.. (await ProbeAsync(film, "packet=pts_time")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line.TrimEnd(','), CultureInfo.InvariantCulture))];

    /// <summary>How a film is called and how large it is, for example <c>h264,160,120</c>.</summary>
    public static async Task<string> StreamAsync(ReadOnlyMemory<byte> film) => (await ProbeAsync(film, "stream=codec_name,width,height")).Trim();

    /// <summary>How many of a film's frames ffmpeg can show; it fails where one of them is broken.</summary>
    public static async Task<int> CountShownAsync(ReadOnlyMemory<byte> film)
    {
        var said = await RunAsync("ffmpeg", ["-v", "error", "-xerror", "-i", "pipe:0", "-f", "framecrc", "-fps_mode", "passthrough", "pipe:1"], film);
        return Encoding.ASCII.GetString(said).Split('\n').Count(line => line.StartsWith("0,", StringComparison.Ordinal));
    }

    private static string Picture(int frames, int width, int height) => string.Create(
        CultureInfo.InvariantCulture, $"testsrc2=size={width}x{height}:rate={Rate} -frames:v {frames}");

    private static async Task<string> ProbeAsync(ReadOnlyMemory<byte> film, string entries) =>
        Encoding.ASCII.GetString(await RunAsync("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", entries, "-of", "csv=p=0", "pipe:0"], film));

    private static async Task<byte[]> RunAsync(string program, string[] arguments, ReadOnlyMemory<byte> input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!; // It is started anew, not taken over.
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        await FeedAsync(process, input);
        await reading;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0 && (await errors).Length == 0, $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}, {await errors}");
        return output.ToArray();
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            await using var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync(input);
        }
        catch (IOException)
        {
            // It had seen what it wanted of the film, or could not read it: its exit code tells.
        }
    }
}
