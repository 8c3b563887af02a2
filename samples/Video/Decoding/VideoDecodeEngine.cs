using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Samples.Video.Containers;
using BlueEdge.Samples.Video.Processes;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Video.Decoding;

/// <summary>Makes pictures of a film's frames while the film comes.</summary>
[Engine("video-decode", Name = "Frames of a film", Slots = 2)]
[Input("In", ChannelType.Video, Description = "Fragmented MP4 or MPEG-TS, cut anywhere; a film of MP4 begins with ftyp, and may follow another")]
[Input("Control", ChannelType.Json, Optional = true, Description = "{\"quality\": 1 to 100, 90 unless given}, for the films that begin after it")]
[Output("Out", ChannelType.Image, Description = "A JPEG a frame, with the attributes frame (its number, from 0) and timestamp (in microseconds)")]
public sealed class VideoDecodeEngine(IOptions<VideoOptions> options, TimeProvider clock) : EngineGrain
{
    private const int PartLength = 64 * 1024;

    private readonly FilmSplitter _splitter = new();
    private readonly FrameCount _count = new();
    private DecodeSettings _settings = DecodeSettings.Default;
    private FfmpegRun? _run;
    private string _film = "";
    private int _films;
    private volatile bool _isRefused;

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (input.Has("Control"))
        {
            await SetAsync(input, cancellationToken);
        }
        else if (input.Payload.Blob is null)
        {
            await FeedAsync(await input.ReadAsync(cancellationToken), input, cancellationToken);
        }
        else
        {
            await using var content = await input.OpenAsync(cancellationToken);
            var part = new byte[PartLength];
            while (await content.ReadAsync(part, cancellationToken) is > 0 and var count)
            {
                await FeedAsync(part.AsMemory(0, count), input, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        if (_run is { } run)
        {
            await (cancellationToken.IsCancellationRequested ? run.DisposeAsync() : EndFilmAsync(_splitter.FindCut(), cancellationToken));
        }
        else if (!cancellationToken.IsCancellationRequested && _splitter.FindCut() is { } cut)
        {
            await WarnAsync(VideoCodes.FilmCut, $"What came on input 'In' is not even the begin of a film: {cut}. Nothing was made of it.", cancellationToken);
        }
    }

    private async ValueTask SetAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var control = input.Json("Control");
        _settings = _settings.With(control);
        if (DecodeSettings.Unknown(control) is { } unknown)
        {
            await WarnAsync(VideoCodes.UnknownMember, unknown, cancellationToken);
        }
    }

    private async ValueTask FeedAsync(ReadOnlyMemory<byte> bytes, EngineInput input, CancellationToken cancellationToken)
    {
        using var parts = _splitter.Split(bytes).GetEnumerator();
        while (MoveNext(parts, input))
        {
            if (parts.Current.Begins)
            {
                await EndFilmAsync(cut: null, cancellationToken);
                _run = await BeginFilmAsync(input, cancellationToken);
            }

            await _run!.FeedAsync(parts.Current.Bytes, cancellationToken); // The first part begins a film.
        }
    }

    private bool MoveNext(IEnumerator<FilmPart> parts, EngineInput input)
    {
        try
        {
            return parts.MoveNext();
        }
        catch (BlueEdgeException error)
        {
            _isRefused = true;
            throw new BlueEdgeException($"Item {input.Sequence} on input '{input.Port}' {error.Message}", error);
        }
    }

    private Task<FfmpegRun> BeginFilmAsync(EngineInput input, CancellationToken cancellationToken)
    {
        _film = $"Film {++_films}, which begins with item {input.Sequence} on input '{input.Port}'";
        _count.BeginFilm();
        return FfmpegRun.StartAsync(
            options.Value,
            FilmDecoder.Order(_film, _splitter.Kind!.Value, _settings, options.Value, WriteAsync, TellAsync), // It is known from the first byte on.
            clock,
            cancellationToken);
    }

    private async Task EndFilmAsync(string? cut, CancellationToken cancellationToken)
    {
        if (_run is not { } run)
        {
            return;
        }

        try
        {
            await run.EndAsync();
            if (cut is not null)
            {
                await WarnAsync(VideoCodes.FilmCut, $"{_film}, is cut off: {cut}. Its frames up to there are written.", cancellationToken);
            }
            else if (run.Words.Complains)
            {
                await WarnAsync(VideoCodes.FilmDamaged, $"{_film}, is damaged: frames of it may be missing or look wrong. ffmpeg said: {run.Words}", cancellationToken);
            }
        }
        finally
        {
            _run = null;
            await run.DisposeAsync();
        }
    }

    private ValueTask WriteAsync(MovieFragment fragment, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        Output("Out").With(new() { Attributes = _count.Next(fragment) }).WriteAsync(frame, "image/jpeg", cancellationToken);

    private async Task TellAsync(string message)
    {
        // Where an item was refused, that is what is told: what ffmpeg makes of the film's begin comes of it.
        if (!_isRefused)
        {
            await Output(WellKnownPorts.Status).WriteAsync(new { type = "error", message, node = Session.Node }, CancellationToken.None);
        }
    }
}
