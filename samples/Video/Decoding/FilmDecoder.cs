using System.Globalization;
using BlueEdge.Samples.Video.Containers;
using BlueEdge.Samples.Video.Processes;

namespace BlueEdge.Samples.Video.Decoding;

/// <summary>Has ffmpeg make a film's frames, each of which it gives as a fragment of its own, with its time.</summary>
internal static class FilmDecoder
{
    // The fewest bytes of an MPEG-TS that are looked at for what is in it: its tables and the begin of its streams.
    private const int TransportProbe = 32 * 1024;

    /// <param name="film">What messages call the film.</param>
    /// <param name="kind">What it is packed in.</param>
    /// <param name="settings">How frames are to be.</param>
    /// <param name="options">What ffmpeg may take.</param>
    /// <param name="write">Takes each frame, and the fragment it came as.</param>
    /// <param name="onFailure">Told where it fails.</param>
    public static FfmpegOrder Order(
        string film,
        FilmKind kind,
        DecodeSettings settings,
        VideoOptions options,
        Func<MovieFragment, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write,
        Func<string, Task> onFailure) => new()
        {
            Film = film,
            Arguments =
            [
                // No frame is held back to look at more of them, nor for another thread.
                "-probesize", kind is FilmKind.Mp4 ? "32" : Text(TransportProbe),
                "-analyzeduration", "0",
                "-threads", "1",
                "-max_pixels", Text(options.MaxMegapixels * 1_000_000L),
                "-f", kind is FilmKind.Mp4 ? "mov" : "mpegts",
                "-i", "pipe:0",
                "-map", "0:v:0",

                // Every frame, once, at its own time, in microseconds.
                "-fps_mode", "passthrough",
                "-enc_time_base", "-1",
                "-c:v", "mjpeg",
                "-threads", "1",
                "-q:v", Text(settings.Scale),
                "-video_track_timescale", "1000000",
                "-f", "mov",
                "-movflags", "+frag_every_frame+empty_moov+default_base_moof+skip_trailer",
                "pipe:1",
            ],
            Read = (boxes, cancellationToken) => ReadAsync(boxes, write, cancellationToken),
            OnFailure = onFailure,
        };

    private static async Task ReadAsync(BoxReader boxes, Func<MovieFragment, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        MovieFragment? fragment = null;
        while (await boxes.NextAsync(cancellationToken) is { BodyLength: { } length } box)
        {
            // The frame is its reader's, which it goes to without being copied.
            var body = GC.AllocateUninitializedArray<byte>(checked((int)length));
            await boxes.FillAsync(body, cancellationToken);
            if (box.Type is "moof")
            {
                fragment = MovieFragment.Read(body);
            }
            else if (box.Type is "mdat" && fragment is { } known)
            {
                await write(known, body, cancellationToken);
                fragment = null;
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
