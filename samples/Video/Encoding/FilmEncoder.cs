using System.Globalization;
using BlueEdge.Samples.Video.Containers;
using BlueEdge.Samples.Video.Processes;

namespace BlueEdge.Samples.Video.Encoding;

/// <summary>Has ffmpeg make a film of pictures, in fragments of which each is given as soon as it is full.</summary>
internal static class FilmEncoder
{
    /// <summary>What a second of film is counted in.</summary>
    public const int Timescale = 90_000;

    /// <param name="film">What messages call the film.</param>
    /// <param name="settings">How it is to be.</param>
    /// <param name="options">What ffmpeg may take.</param>
    /// <param name="write">Takes what players want first, without a fragment, and then each fragment.</param>
    /// <param name="onFailure">Told where it fails.</param>
    public static FfmpegOrder Order(
        string film,
        EncodeSettings settings,
        VideoOptions options,
        Func<MovieFragment?, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write,
        Func<string, Task> onFailure) => new()
        {
            Film = film,
            Arguments =
            [
                // A picture that cannot be read is the end: no frame is left out in silence.
                "-xerror",
                "-probesize", "32",
                "-analyzeduration", "0",
                "-threads", "1",
                "-max_pixels", Text(options.MaxMegapixels * 1_000_000L),
                "-f", "matroska",
                "-i", "pipe:0",
                "-map", "0:v:0",

                // Every picture, once, at its own time; H.264 wants even sides.
                "-fps_mode", "passthrough",
                "-enc_time_base", "-1",
                "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2",
                "-c:v", "libx264",
                "-preset", "veryfast",
                "-tune", "zerolatency",
                "-crf", Text(settings.Crf),
                "-pix_fmt", "yuv420p",
                "-threads", "1",

                // Key frames where a fragment begins, by the frames' times, and nowhere else.
                "-g", "100000",
                "-sc_threshold", "0",
                "-force_key_frames", FormattableString.Invariant($"expr:isnan(prev_forced_t)+gte(t,prev_forced_t+{settings.FragmentSeconds:0.###}-0.0005)"),
                "-video_track_timescale", Text(Timescale),
                "-f", "mp4",
                "-movflags", "+frag_keyframe+empty_moov+default_base_moof+skip_trailer",
                "pipe:1",
            ],
            Read = (boxes, cancellationToken) => ReadAsync(boxes, write, cancellationToken),
            OnFailure = onFailure,
        };

    private static async Task ReadAsync(BoxReader boxes, Func<MovieFragment?, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        // What a box that belongs to the next comes before.
        byte[] kept = [];
        MovieFragment? fragment = null;
        while (await boxes.NextAsync(cancellationToken) is { BodyLength: { } length } box)
        {
            var body = kept.Length + box.HeaderLength;
            var bytes = GC.AllocateUninitializedArray<byte>(checked((int)(body + length)));
            kept.CopyTo(bytes, 0);
            boxes.Header(box).CopyTo(bytes.AsSpan(kept.Length));
            await boxes.FillAsync(bytes.AsMemory(body), cancellationToken);
            fragment = box.Type is "moof" ? MovieFragment.Read(bytes.AsSpan(body)) : fragment;
            var isWhole = box.Type is "moov" or "mdat";
            kept = isWhole ? [] : bytes;
            if (isWhole)
            {
                await write(fragment, bytes, cancellationToken);
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
