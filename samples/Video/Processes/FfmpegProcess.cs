using System.Collections.Immutable;
using System.Diagnostics;
using BlueEdge.Samples.Tools;

namespace BlueEdge.Samples.Video.Processes;

/// <summary>One ffmpeg, which is fed and read at the same time. It ends with this process, however that ends.</summary>
internal sealed class FfmpegProcess : IDisposable
{
    // What it writes and reads is here alone: no file, and no other machine, whatever a film says.
    private static readonly string[] Always = ["-hide_banner", "-nostats", "-loglevel", "level+warning", "-protocol_whitelist", "pipe"];

    private readonly Process _process;
    private readonly StallWatch _watch;
    private readonly VideoOptions _options;
    private readonly Task _listening;

    private FfmpegProcess(Process process, VideoOptions options, TimeProvider clock)
    {
        (_process, _options) = (process, options);
        _watch = new(TimeSpan.FromSeconds(options.StallSeconds), clock, Kill);
        _listening = Words.ReadAsync(process.StandardError);
    }

    public FfmpegWords Words { get; } = new();

    /// <param name="options">What it may take.</param>
    /// <param name="arguments">All that is its own; the input is <c>pipe:0</c> and the output <c>pipe:1</c>.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="ToolException">It is not there; the message names its package.</exception>
    public static async Task<FfmpegProcess> StartAsync(VideoOptions options, ImmutableArray<string> arguments, TimeProvider clock) => new(
        await ToolLauncher.StartAsync(new()
        {
            Program = options.Ffmpeg,
            Package = "ffmpeg",
            Arguments = [.. Always, .. arguments],
            Limits = new(options.ProcessorSeconds, "BlueEdge:Video:ProcessorSeconds", options.ToolMegabytes),
        }),
        options,
        clock);

    /// <summary>Gives it input.</summary>
    /// <returns>Whether it took it: where it did not it has ended, or is about to.</returns>
    public async ValueTask<bool> FeedAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _watch.Feeding(isFed: true);
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(bytes, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            _watch.Feeding(isFed: false);
        }
    }

    /// <summary>Says that no more comes.</summary>
    public void EndInput()
    {
        _watch.Feeding(isFed: true);
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended: its exit code tells the reason.
        }
    }

    /// <summary>Reads output; nothing is its end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        _watch.Reading(isRead: true);
        try
        {
            return await _process.StandardOutput.BaseStream.ReadAsync(into, cancellationToken);
        }
        finally
        {
            _watch.Reading(isRead: false);
        }
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Why it did not do its work, and what to do about it; null where it did.</returns>
    public async Task<string?> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        await _listening;
        return _process.ExitCode == 0 ? null : FfmpegFailure.Explain(_process.ExitCode, Words, _watch.HasStalled, _options);
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It is over already.
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        _process.Dispose();
    }
}
