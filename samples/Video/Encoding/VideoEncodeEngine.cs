using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Samples.Video.Containers;
using BlueEdge.Samples.Video.Processes;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Video.Encoding;

/// <summary>Makes a film of pictures while they come.</summary>
[Engine("video-encode", Name = "Film of pictures", Slots = 2)]
[Input("In", ChannelType.Image, Description = "JPEG or PNG; the attribute timestamp, in microseconds, says when one is shown")]
[Input("Control", ChannelType.Json, Optional = true, Description = "{\"rate\": 1 to 240 frames a second for frames without a timestamp, 25 unless given, \"crf\": 0 to 51, 23 unless given, \"fragmentSeconds\": 0.1 to 30, 1 unless given}, before the first frame")]
[Output("Out", ChannelType.Video, Description = "Fragmented MP4 (H.264): first what has the tag init, then fragments with the attributes fragment, timestamp, duration (in microseconds) and frames")]
public sealed class VideoEncodeEngine(IOptions<VideoOptions> options, TimeProvider clock) : EngineGrain
{
    private const string MediaType = "video/mp4";

    private readonly FrameClock _times = new();
    private EncodeSettings _settings = EncodeSettings.Default;
    private PictureKind _kind;
    private FfmpegRun? _run;
    private long _frames;
    private long _written;
    private long _fragments;

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (input.Has("Control"))
        {
            await SetAsync(input, cancellationToken);
            return;
        }

        var picture = await ReadAsync(input, cancellationToken);
        var time = Time(input);
        var run = _run ?? await BeginFilmAsync(cancellationToken);
        _frames++;
        await run.FeedAsync(MatroskaFrames.BeforeFrame(time, picture.Length), cancellationToken);
        await run.FeedAsync(picture, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        if (_run is not { } run)
        {
            return;
        }

        try
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                await run.EndAsync();
                if (_written != _frames)
                {
                    throw new BlueEdgeException($"The film of node '{Session.Node}' has {_written} of {_frames} frames. ffmpeg said: {run.Words}");
                }
            }
        }
        finally
        {
            await run.DisposeAsync();
        }
    }

    private async ValueTask SetAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var control = input.Json("Control");
        _settings = _settings.With(control);
        if (_run is not null)
        {
            await WarnAsync(VideoCodes.ControlLate, $"Item {input.Sequence} on input 'Control' came when the film had begun, and changes nothing; send it before the first frame.", cancellationToken);
        }

        if (EncodeSettings.Unknown(control) is { } unknown)
        {
            await WarnAsync(VideoCodes.UnknownMember, unknown, cancellationToken);
        }
    }

    /// <summary>The picture's bytes, where it can be a frame.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (input.Payload.Length > options.Value.MaxMegabytes * 1_000_000L)
        {
            throw Refused(input, $"has {input.Payload.Length} bytes; at most {options.Value.MaxMegabytes} million are allowed (BlueEdge:Video:MaxMegabytes). Send it smaller.");
        }

        var picture = await input.ReadAsync(cancellationToken);
        if (PictureKinds.Of(picture.Span) is not { } kind)
        {
            throw Refused(input, "is no picture that can be read here; send JPEG or PNG.");
        }

        if (_run is not null && kind != _kind)
        {
            throw Refused(input, $"is a picture of the kind {kind}, and those before it are {_kind}; send all of a film as one kind.");
        }

        _kind = kind;
        return picture;
    }

    private long Time(EngineInput input)
    {
        try
        {
            return _times.Next(input.Attributes, _settings.Rate);
        }
        catch (BlueEdgeException error)
        {
            throw Refused(input, error.Message);
        }
    }

    private async Task<FfmpegRun> BeginFilmAsync(CancellationToken cancellationToken)
    {
        // It is known from here on, so that it is ended whatever happens.
        var run = _run = await FfmpegRun.StartAsync(
            options.Value,
            FilmEncoder.Order($"The film of node '{Session.Node}'", _settings, options.Value, WriteAsync, TellAsync),
            clock,
            cancellationToken);
        await run.FeedAsync(MatroskaFrames.Begin(_kind, _settings.Rate), cancellationToken);
        return run;
    }

    private ValueTask WriteAsync(MovieFragment? fragment, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _written += fragment?.Samples ?? 0;
        ItemOptions said = fragment is { } known
            ? new() { Attributes = new FragmentTimes(_fragments++, _times.First + Microseconds(known.Time), Microseconds(known.Duration), known.Samples) }
            : new() { Tags = ["init"] };
        return Output("Out").With(said).WriteAsync(bytes, MediaType, cancellationToken);
    }

    private async Task TellAsync(string message) =>
        await Output(WellKnownPorts.Status).WriteAsync(new { type = "error", message, node = Session.Node }, CancellationToken.None);

    private static long Microseconds(long time) => time * 100 / (FilmEncoder.Timescale / 10_000);

    private static BlueEdgeException Refused(EngineInput input, string why) => new($"Item {input.Sequence} on input '{input.Port}' {why}");
}
